package imgpipe.codec.ffm;

import imgpipe.codec.Codec;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureFacts;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HEIC and AVIF by libheif, as far as it has decoders and encoders for them; of several pictures
 * the primary one.
 */
public final class HeifCodec implements Codec {
    private final Heif library;
    private final Set<ImageFormat> reads = EnumSet.noneOf(ImageFormat.class);
    private final Set<ImageFormat> writes = EnumSet.noneOf(ImageFormat.class);

    private HeifCodec(Heif library) {
        this.library = library;
        if (library.decodes(Heif.HEVC)) {
            reads.add(ImageFormat.HEIC);
        }
        if (library.decodes(Heif.AV1)) {
            reads.add(ImageFormat.AVIF);
        }
        if (library.encodes(Heif.AV1)) {
            writes.add(ImageFormat.AVIF);
        }
    }

    /** A codec for the calling thread; empty where the library is not found. */
    public static Optional<HeifCodec> load() {
        return Heif.binding().map(HeifCodec::new);
    }

    /** Where the library was looked for, and what came of it. */
    public static NativeLibrary.Search search() {
        return Heif.lookedFor();
    }

    /** What to do where a format is not read or not written, to follow a sentence that says so. */
    public static String advice(ImageFormat format) {
        if (format != ImageFormat.HEIC && format != ImageFormat.AVIF) {
            return "; see 'imgpipe doctor' for what is missing";
        }
        return Heif.binding().isPresent()
                ? ": libheif is there, but not all it needs; install " + plugins(format)
                : " without libheif; run scripts/fetch-native-codecs, or install libheif1 (Debian,"
                        + " Ubuntu) or libheif (Fedora, Homebrew)";
    }

    /** What libheif needs for a format, where it comes without. */
    public static String plugins(ImageFormat format) {
        return format == ImageFormat.HEIC
                ? "libheif-plugin-libde265 (Debian, Ubuntu) or libheif-freeworld (RPM Fusion)"
                : "libheif-plugin-dav1d and libheif-plugin-aomenc (Debian, Ubuntu)";
    }

    @Override
    public String name() {
        return "libheif " + library.version();
    }

    @Override
    public Set<ImageFormat> reads() {
        return Set.copyOf(reads);
    }

    @Override
    public Set<ImageFormat> writes() {
        return Set.copyOf(writes);
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return format == ImageFormat.AVIF;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        try (HeifFile heif = HeifFile.open(library, file)) {
            String description =
                    (heif.bits() > 0 ? heif.bits() + "-bit" : "HEIF")
                            + (heif.alpha() ? ", alpha" : "");
            return new Header(format, heif.size(), 1, Orientation.UPRIGHT, description);
        }
    }

    @Override
    public Optional<PictureFacts> facts(Header header, MemorySegment file) throws PictureException {
        try (HeifFile heif = HeifFile.open(library, file)) {
            return Optional.of(
                    new PictureFacts(
                            header,
                            header.frames(),
                            null,
                            heif.pixels(),
                            heif.profile(),
                            heif.metadata(),
                            name()));
        }
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        List<String> warnings = new ArrayList<>();
        try (HeifFile heif = HeifFile.open(library, file)) {
            Picture picture = new HeifDecoder(heif, request.lenient(), workspace).decode(warnings);
            return new Decoded(
                    request.metadata() ? picture.with(heif.metadata()) : picture, warnings);
        }
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        try (HeifEncoder encoder = new HeifEncoder(library)) {
            return encoder.encode(picture, settings, workspace);
        }
    }

    @Override
    public void close() {}
}
