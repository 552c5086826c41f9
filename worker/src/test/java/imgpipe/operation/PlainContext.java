package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.resample.Resampler;

/** A context with the real resampler and no colors to convert. */
record PlainContext(Workspace workspace, Resampler resampler, Chroma chroma)
        implements OperationContext {
    PlainContext(Chroma chroma) {
        this(new Workspace(), Resampler.create(), chroma);
    }

    PlainContext() {
        this(Chroma.S444);
    }

    @Override
    public Picture toSrgb(Picture picture) {
        return picture;
    }

    @Override
    public Picture mark(Mark.File file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Picture mark(Mark.Text text, int letters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean endsInSrgb() {
        return true;
    }
}
