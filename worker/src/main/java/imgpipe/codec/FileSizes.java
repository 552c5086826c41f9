package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;

/** Turns what a header says of width and height into a {@link Size}. */
final class FileSizes {
    private FileSizes() {}

    /** The size, or a failure if a side is 0 or more than an int. */
    static Size of(long width, long height) throws PictureException {
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new PictureException(
                    Reason.CORRUPT, "the header speaks of " + width + "x" + height + " pixels");
        }
        return new Size((int) width, (int) height);
    }
}
