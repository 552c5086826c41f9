package imgpipe.transfer;

import java.io.IOException;

/**
 * An fsync failed. The system may have dropped what was to be written and call the next fsync good,
 * so the content has to be made again.
 */
public final class UnsyncedException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsyncedException(IOException cause) {
        super("it could not be forced to the disk: " + cause.getMessage(), cause);
    }
}
