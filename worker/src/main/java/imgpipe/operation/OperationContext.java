package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.resample.Resampler;

/** What an operation may use beside its picture. */
public interface OperationContext {
    /** Where new planes are allocated. */
    Workspace workspace();

    /** What changes the number of samples; the context's own, so that its memory is reused. */
    Resampler resampler();

    /** The chroma subsampling that the output will have: finer chroma than this is lost work. */
    Chroma chroma();

    /**
     * The picture in sRGB: its profile applied and dropped, CMYK converted. Grey stays grey.
     *
     * @return the picture itself if it is in sRGB already
     */
    Picture toSrgb(Picture picture);

    /**
     * Whether the recipe brings the picture into sRGB at some point, so that a step that needs it
     * there may do so earlier.
     */
    boolean endsInSrgb();

    /**
     * The picture that a watermark shows: upright, grey or RGB in sRGB, with alpha, all planes
     * whole. It stays valid when the workspace is reset.
     */
    Picture mark(Mark.File file);

    /**
     * The text that a watermark shows, cut to its letters: grey if its color is, else RGB, with
     * alpha, all planes whole.
     *
     * @param letters size of the font in pixels, at least 1
     */
    Picture mark(Mark.Text text, int letters);
}
