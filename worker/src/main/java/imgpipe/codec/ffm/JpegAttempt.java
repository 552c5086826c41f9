package imgpipe.codec.ffm;

import imgpipe.image.Picture;

/** What one call of the library's decoder gave. */
sealed interface JpegAttempt {
    /** Nothing is wrong with the file. */
    record Intact(Picture picture) implements JpegAttempt {}

    /**
     * Every sample is written, some are guessed.
     *
     * @param complaint the first fault of the file; the library does not tell the others
     */
    record Damaged(Picture picture, String complaint) implements JpegAttempt {}

    /**
     * The library gave up before every sample was written.
     *
     * @param complaint the fault that it gave up at
     */
    record Failed(String complaint) implements JpegAttempt {}
}
