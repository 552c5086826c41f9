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
        return Found.HERE;
    }

    /** Looked for when first needed. */
    final class Found {
        private static final Confinement HERE = Probe.confinement();

        private Found() {}
    }
}
