package imgpipe.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The picture formats and the facts about each that do not depend on which codecs a machine has.
 * Names of outputs are planned from this table and a listing alone, so they are the same on every
 * machine.
 */
public enum ImageFormat {
    JPEG(List.of("jpg", "jpeg", "jpe", "jfif"), true, false, false, ColorModel.YCC),
    PNG(List.of("png", "apng"), true, true, false, ColorModel.RGB),
    WEBP(List.of("webp"), true, true, true, ColorModel.RGB),
    GIF(List.of("gif"), true, true, true, ColorModel.RGB),
    TIFF(List.of("tif", "tiff"), true, true, false, ColorModel.RGB),
    BMP(List.of("bmp", "dib"), true, false, false, ColorModel.RGB),
    PNM(List.of("ppm", "pgm", "pbm", "pnm", "pam", "pfm"), false, false, false, ColorModel.RGB),
    PSD(List.of("psd", "psb"), false, true, false, ColorModel.RGB),
    TGA(List.of("tga", "icb", "vda", "vst"), false, true, false, ColorModel.RGB),
    ICO(List.of("ico", "cur"), false, true, false, ColorModel.RGB),
    ICNS(List.of("icns"), false, true, false, ColorModel.RGB),
    PCX(List.of("pcx", "dcx"), false, false, false, ColorModel.RGB),
    SGI(List.of("sgi", "rgb", "rgba", "bw"), false, true, false, ColorModel.RGB),
    HDR(List.of("hdr"), false, false, false, ColorModel.RGB),
    /** HEIF whose pictures are HEVC's: photographs of phones, which hardly ever have alpha. */
    HEIC(List.of("heic", "heif", "hif"), false, false, false, ColorModel.YCC),
    AVIF(List.of("avif"), true, true, false, ColorModel.YCC);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> extensions;

    private final boolean writable;
    private final boolean alpha;
    private final boolean animated;
    private final ColorModel color;

    ImageFormat(
            List<String> extensions,
            boolean writable,
            boolean alpha,
            boolean animated,
            ColorModel color) {
        this.extensions = extensions;
        this.writable = writable;
        this.alpha = alpha;
        this.animated = animated;
        this.color = color;
    }

    /** The format that files with this extension (without the dot, in either case) claim to be. */
    public static Optional<ImageFormat> ofExtension(String extension) {
        String wanted = extension.toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (format.extensions.contains(wanted)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * The format with this name as users write it: {@code jpeg}, {@code jpg}, {@code webp}, … in
     * either case.
     */
    public static Optional<ImageFormat> ofName(String name) {
        return ofExtension(name);
    }

    /** The format that a picture of this one is written in when nobody asks for another. */
    public ImageFormat target() {
        if (writable) {
            return this;
        }
        return alpha ? PNG : JPEG;
    }

    /** The extension that outputs of this format get, without the dot. */
    public String extension() {
        return extensions.getFirst();
    }

    /** All extensions that stand for this format, the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    /** Whether imgpipe writes this format. */
    public boolean writable() {
        return writable;
    }

    /** Whether the format can hold an alpha channel. */
    public boolean alpha() {
        return alpha;
    }

    /** Whether imgpipe writes more than one frame in this format, given a codec that can. */
    public boolean animated() {
        return animated;
    }

    /** Whether a lower quality makes a file with these settings smaller. */
    public boolean lossy(EncodeSettings settings) {
        return switch (this) {
            case JPEG -> true;
            case WEBP, AVIF -> !settings.lossless();
            default -> false;
        };
    }

    /** What an encoder of this format wants its color pictures in; grey ones stay grey. */
    public ColorModel color() {
        return color;
    }

    /** The same for given settings: without loss, AVIF keeps red, green and blue themselves. */
    public ColorModel color(EncodeSettings settings) {
        return this == AVIF && settings.lossless() ? ColorModel.RGB : color;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
