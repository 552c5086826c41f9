package imgpipe.dispatch.process.confine;

import imgpipe.dispatch.process.confine.Confinement.Landlock;
import imgpipe.dispatch.process.confine.Confinement.Unavailable;
import java.io.IOException;

/**
 * Asks the kernel for confinement. Has no state that is made once: it works on two threads, and one
 * would wait for the other.
 */
final class Probe {
    private Probe() {}

    static Confinement confinement() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new Unavailable("only Linux has Landlock", false);
        }
        try {
            return ThreadOfItsOwn.call(Probe::restricted);
        } catch (SystemCallException e) {
            return unavailable(e.errno(), String.valueOf(e.getMessage()));
        } catch (IOException | LinkageError e) {
            return new Unavailable(e.toString(), true);
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

    /** What an error of one of the system calls means. */
    static Unavailable unavailable(int errno, String message) {
        return switch (errno) {
            case SystemCallException.ENOSYS ->
                    new Unavailable(
                            "this kernel, or the container, has no Landlock; Linux has it since"
                                    + " 5.13",
                            false);
            case SystemCallException.EOPNOTSUPP ->
                    new Unavailable(
                            "the kernel was started without Landlock; add it to lsm= on the"
                                    + " kernel's command line",
                            false);
            default ->
                    new Unavailable(message + ", which a container's seccomp profile may do", true);
        };
    }
}
