package imgpipe.operation;

import imgpipe.image.Picture;

/** Converts the picture from its own profile, or from CMYK, to sRGB. */
public record ToSrgb() implements Operation {
    @Override
    public Picture apply(Picture picture, OperationContext context) {
        return context.toSrgb(picture);
    }

    @Override
    public String toString() {
        return "color srgb";
    }
}
