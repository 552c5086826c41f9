package imgpipe.dispatch.process.confine;

import java.io.IOException;

/** The kernel refused something. */
final class SystemCallException extends IOException {
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;

    private static final long serialVersionUID = 1;

    private final int errno;

    SystemCallException(String call, int errno) {
        super(call + " failed with error " + errno);
        this.errno = errno;
    }

    /** The number of the error, which is the same on every processor for those that have a name. */
    int errno() {
        return errno;
    }
}
