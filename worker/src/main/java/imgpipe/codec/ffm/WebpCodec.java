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
import org.jspecify.annotations.Nullable;

/** WebP by libwebp; of animations the first frame where libwebpdemux or libwebpmux is missing. */
public final class WebpCodec implements Codec {
    private final Webp library;
    private final @Nullable WebpAnimations animations;

    private WebpCodec(Webp library, @Nullable WebpAnimations animations) {
        this.library = library;
        this.animations = animations;
    }

    /** A codec for the calling thread; empty where the library is not found. */
    public static Optional<WebpCodec> load() {
        return Webp.binding()
                .map(webp -> new WebpCodec(webp, WebpAnimations.binding().orElse(null)));
    }

    /** The same without the libraries for animations, to see what is done then. */
    static Optional<WebpCodec> loadForStills() {
        return Webp.binding().map(webp -> new WebpCodec(webp, null));
    }

    /** Where the library was looked for, and what came of it. */
    public static NativeLibrary.Search search() {
        return Webp.lookedFor();
    }

    /** The same for the library that takes animations apart. */
    public static NativeLibrary.Search searchDemux() {
        return WebpAnimations.lookedForDemux();
    }

    /** The same for the library that puts animations together. */
    public static NativeLibrary.Search searchMux() {
        return WebpAnimations.lookedForMux();
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
    public boolean animates(ImageFormat format) {
        return animations != null;
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        // WebP has no grey.
        return color != ColorModel.GREY;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return WebpStructure.of(file).header(animations != null);
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
        if (animations != null && webp.frames() > 1 && request.maxFrames() > 1) {
            try {
                Picture animation =
                        new WebpAnimationDecoder(animations, workspace)
                                .decode(
                                        file,
                                        webp,
                                        request.maxFrames(),
                                        request.lenient(),
                                        warnings);
                return new Decoded(animation, warnings);
            } catch (PictureException e) {
                if (!request.lenient()) {
                    throw e;
                }
                // The library wants the whole container to be right.
                warnings.add(e.getMessage() + "; of its frames the first was kept");
            }
        } else {
            webp.warnOfFrames(request, warnings);
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
        MemorySegment webp =
                animations != null && picture.frames().size() > 1
                        ? new WebpAnimationEncoder(library, animations, workspace)
                                .encode(picture, settings)
                        : new WebpEncoder(library, workspace).encode(picture, settings);
        IccProfile profile = picture.profile();
        return profile == null || !embedsProfile(format, picture.color())
                ? webp
                : WebpProfile.embed(webp, profile, workspace);
    }

    @Override
    public void close() {}
}
