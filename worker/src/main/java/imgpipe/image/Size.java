package imgpipe.image;

/**
 * Width and height of a picture in pixels, both at least 1.
 *
 * @param width pixels from left to right
 * @param height pixels from top to bottom
 */
public record Size(int width, int height) {
    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture of " + width + "x" + height + " pixels has none");
        }
    }

    /** Number of pixels; cannot overflow. */
    public long pixels() {
        return (long) width * height;
    }

    /** The same picture lying on its side. */
    public Size turned() {
        return new Size(/* width= */ height, /* height= */ width);
    }

    /** Whether both sides are at least as long as the other's. */
    public boolean covers(Size other) {
        return width >= other.width && height >= other.height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
