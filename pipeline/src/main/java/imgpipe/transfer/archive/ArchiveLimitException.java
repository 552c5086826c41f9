package imgpipe.transfer.archive;

import java.io.IOException;

/** An archive wants more memory than it gets. */
final class ArchiveLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    ArchiveLimitException(String sentence) {
        super(sentence);
    }

    /** What is too large, to stand behind the archive's name. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
