package imgpipe.codec;

import imgpipe.codec.ffm.Libdeflate;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PNG, row by row from and to planes. Whole pictures are inflated and deflated by libdeflate where
 * that is found; the JDK does it elsewhere, for pictures too large to be held twice, and for
 * damaged ones. Both ways give the same samples.
 */
public final class PngCodec implements Codec {
    private final @Nullable Libdeflate library;

    /** A codec that uses this library, which is closed with it, or the JDK alone. */
    public PngCodec(Optional<Libdeflate> library) {
        this.library = library.orElse(null);
    }

    /** The fastest that this machine has. */
    public static PngCodec ofThisMachine() {
        return new PngCodec(Libdeflate.load());
    }

    @Override
    public String name() {
        return library == null ? "Java's zlib" : "libdeflate";
    }

    @Override
    public Set<ImageFormat> reads() {
        return Set.of(ImageFormat.PNG);
    }

    @Override
    public Set<ImageFormat> writes() {
        return Set.of(ImageFormat.PNG);
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return true;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return PngStructure.of(file, false).header();
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        return new PngDecoder(library, workspace).decode(file, request.lenient());
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        MemorySegment png = new PngEncoder(library, workspace).encode(picture, settings);
        IccProfile profile = picture.profile();
        return profile == null ? png : PngProfile.embed(png, profile, workspace);
    }

    @Override
    public void close() {
        if (library != null) {
            library.close();
        }
    }
}
