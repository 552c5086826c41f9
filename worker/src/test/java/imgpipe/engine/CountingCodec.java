package imgpipe.engine;

import imgpipe.codec.Codec;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Another codec, and how often it has encoded. */
final class CountingCodec implements Codec {
    private final Codec codec;
    private int encodes;

    CountingCodec(Codec codec) {
        this.codec = codec;
    }

    int encodes() {
        return encodes;
    }

    @Override
    public String name() {
        return codec.name();
    }

    @Override
    public Set<ImageFormat> reads() {
        return codec.reads();
    }

    @Override
    public Set<ImageFormat> writes() {
        return codec.writes();
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return codec.header(format, file);
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        return codec.decode(format, file, request, workspace);
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        encodes++;
        return codec.encode(picture, format, settings, workspace);
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return codec.embedsProfile(format, color);
    }

    @Override
    public void close() {}
}
