package imgpipe.engine;

import java.io.IOException;

/** An output could not be written. */
final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
        super("the output cannot be written: " + cause.getMessage(), cause);
    }

    /** Whether there is no room; Java tells only by the system's own words (ENOSPC, EDQUOT). */
    boolean diskFull() {
        String message = String.valueOf(getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded");
    }
}
