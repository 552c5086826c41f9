package imgpipe.engine;

import java.io.IOException;

/** A watermark cannot be had; no fault of the picture that it was for. */
final class MarkException extends IOException {
    private static final long serialVersionUID = 1L;

    MarkException(String sentence) {
        super(sentence);
    }
}
