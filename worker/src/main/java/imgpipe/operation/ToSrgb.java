package imgpipe.operation;

import imgpipe.image.Picture;

/** Converts the picture from its own profile, or from CMYK, to sRGB. */
public record ToSrgb() implements Operation {
    /** {@code color srgb}. */
    static ToSrgb read(Words words) throws RecipeException {
        Word space = words.next("srgb");
        if (!space.text().equals("srgb")) {
            throw space.isNot("a color space; the one there is is srgb");
        }
        return new ToSrgb();
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        return context.toSrgb(picture);
    }

    @Override
    public String toString() {
        return "color srgb";
    }
}
