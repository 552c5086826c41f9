package imgpipe.codec.ffm;

import imgpipe.codec.Codec;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.codec.WebpProfile;
import imgpipe.codec.WebpStructure;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** WebP by libwebp; of animations the first frame. */
public final class WebpCodec implements Codec {
    private final Webp library;

    private WebpCodec(Webp library) {
        this.library = library;
    }

    /** A codec for the calling thread; empty where the library is not found. */
    public static Optional<WebpCodec> load() {
        return Webp.binding().map(WebpCodec::new);
    }

    /** Where the library was looked for, and what came of it. */
    public static NativeLibrary.Search search() {
        return Webp.lookedFor();
    }

    @Override
    public String name() {
        return "libwebp " + library.version();
    }

    @Override
    public Set<ImageFormat> reads() {
        return Set.of(ImageFormat.WEBP);
    }

    @Override
    public Set<ImageFormat> writes() {
        return Set.of(ImageFormat.WEBP);
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        // WebP has no grey.
        return color != ColorModel.GREY;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return WebpStructure.of(file).header();
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        WebpStructure webp = WebpStructure.of(file);
        List<String> warnings = new ArrayList<>();
        PictureException fault = webp.fault();
        if (fault != null) {
            if (!request.lenient()) {
                throw fault;
            }
            warnings.add(String.valueOf(fault.getMessage()));
        }
        Picture frame =
                new WebpDecoder(library, workspace)
                        .decode(webp.still(), webp.frame(), request.lenient(), warnings);
        Picture picture =
                webp.onCanvas(frame, workspace)
                        .with(webp.orientation())
                        .withProfile(webp.profile());
        return new Decoded(picture, warnings);
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        MemorySegment webp = new WebpEncoder(library, workspace).encode(picture, settings);
        IccProfile profile = picture.profile();
        return profile == null || !embedsProfile(format, picture.color())
                ? webp
                : WebpProfile.embed(webp, profile, workspace);
    }

    @Override
    public void close() {}
}
