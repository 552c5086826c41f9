package imgpipe.dispatch.process.confine;

import java.io.IOException;
import java.util.List;

/** Whether and how far processes can be confined on this machine. */
public sealed interface Confinement {
    /**
     * They can.
     *
     * @param abi version of Landlock's interface, from 1
     */
    record Landlock(int abi) implements Confinement {
        /**
         * Starts a process that can reach nothing but what is granted, neither itself nor by what
         * it starts. To this process, and to its other children, nothing happens.
         *
         * @throws IOException if it cannot be confined or cannot be started
         */
        public Process start(ProcessBuilder builder, List<Grant> grants) throws IOException {
            return ThreadOfItsOwn.call(
                    () -> {
                        try (Ruleset rules = new Ruleset(abi)) {
                            rules.allow(grants);
                            rules.restrictThisThread();
                        } catch (SystemCallException e) {
                            throw new IOException(
                                    "it cannot be confined: "
                                            + e.getMessage()
                                            + "; --no-sandbox does without",
                                    e);
                        }
                        return builder.start();
                    });
        }

        /** What processes are kept from, for people. */
        public String text() {
            return "Landlock ABI "
                    + abi
                    + ": files"
                    + (Rights.network(abi) == 0 ? "" : ", network")
                    + (Rights.scopes(abi) == 0 ? "" : ", signals");
        }
    }

    /**
     * They cannot.
     *
     * @param reason why, for people
     * @param forbidden whether the kernel could but is told not to
     */
    record Unavailable(String reason, boolean forbidden) implements Confinement {}

    /** Asks the kernel, once: a thread confines itself, does nothing and ends. */
    static Confinement ofThisKernel() {
        return Probe.FOUND;
    }

    /** Looked for when first needed. */
    final class Probe {
        private static final Confinement FOUND = probe();

        private Probe() {}

        private static Confinement probe() {
            if (!System.getProperty("os.name", "").equals("Linux")) {
                return new Unavailable("only Linux has Landlock", false);
            }
            try {
                return ThreadOfItsOwn.call(Probe::restricted);
            } catch (SystemCallException e) {
                return unavailable(e);
            } catch (IOException | UnsatisfiedLinkError e) {
                return new Unavailable(String.valueOf(e.getMessage()), true);
            }
        }

        private static Confinement restricted() throws SystemCallException {
            int abi = SystemCalls.landlockVersion();
            // Made before: no class can be loaded from a folder once nothing can be opened.
            Landlock found = new Landlock(abi);
            try (Ruleset rules = new Ruleset(abi)) {
                rules.restrictThisThread();
            }
            return found;
        }

        private static Unavailable unavailable(SystemCallException e) {
            return switch (e.errno()) {
                case SystemCallException.ENOSYS ->
                        new Unavailable(
                                "this kernel, or the container, has no Landlock; Linux has it"
                                        + " since 5.13",
                                false);
                case SystemCallException.EOPNOTSUPP ->
                        new Unavailable(
                                "the kernel was started without Landlock; add it to lsm= on the"
                                        + " kernel's command line",
                                false);
                default ->
                        new Unavailable(
                                e.getMessage() + ", which a container's seccomp profile may do",
                                true);
            };
        }
    }
}
