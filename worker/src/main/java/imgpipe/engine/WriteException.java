package imgpipe.engine;

import imgpipe.shard.FileFault;
import java.io.IOException;

/** An output could not be written. */
final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
        super("the output cannot be written: " + FileFault.reason(cause), cause);
    }

    /** Whether there is no room. */
    boolean diskFull() {
        return FileFault.isDiskFull(this);
    }
}
