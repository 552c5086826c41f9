package imgpipe.codec;

import imgpipe.codec.PictureFacts.Pixels;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/** Looks through a file's header for what {@link PictureFacts} holds. */
final class FactsReader {
    private static final int PSD_MODE = 24;
    private static final List<String> PSD_MODES =
            List.of(
                    "bitmap", "grey", "palette", "RGB", "CMYK", "", "", "several", "duotone",
                    "Lab");
    private static final int RIFF_FLAGS = 20;
    private final MemorySegment file;
    private final Header header;
    private final String codec;

    /** The header of a file, and the codec that would decode it. */
    FactsReader(MemorySegment file, Header header, Codec codec) {
        this.file = file;
        this.header = header;
        this.codec = codec.name();
    }

    PictureFacts read() throws PictureException {
        return switch (header.format()) {
            case JPEG -> jpeg();
            case PNG -> png();
            case GIF -> gif();
            case WEBP -> webp();
            case TIFF -> tiff();
            case PSD -> psd();
            case HEIC, AVIF -> facts(header.frames(), null, Pixels.of("", 0, false), null);
            case BMP, PNM, TGA, ICO, ICNS, PCX, SGI, HDR -> other();
        };
    }

    private PictureFacts jpeg() throws PictureException {
        JpegHeader jpeg = JpegHeader.parse(file);
        boolean chroma = jpeg.color() == JpegColor.YCC || jpeg.color() == JpegColor.YCCK;
        String color =
                switch (jpeg.color()) {
                    case GREY -> "grey";
                    case YCC -> "YCbCr";
                    case RGB, CMYK, YCCK -> jpeg.color().name();
                };
        Pixels pixels =
                new Pixels(
                        color,
                        jpeg.precision(),
                        false,
                        chroma ? jpeg.sampling() : null,
                        jpeg.process().toString(),
                        jpeg.process().progressive());
        return facts(1, null, pixels, jpeg.profile());
    }

    private PictureFacts png() throws PictureException {
        PngStructure png = PngStructure.of(file, false);
        PngLayout layout = PngLayout.of(file);
        String color =
                switch (layout.type()) {
                    case PngLayout.GREY, PngLayout.GREY_ALPHA -> "grey";
                    case PngLayout.PALETTE -> "palette";
                    default -> "RGB";
                };
        boolean alpha =
                layout.type() == PngLayout.GREY_ALPHA
                        || layout.type() == PngLayout.RGB_ALPHA
                        || png.transparency() != null;
        Pixels pixels =
                new Pixels(
                        color,
                        layout.bits(),
                        alpha,
                        null,
                        layout.interlaced() ? "interlaced" : "",
                        layout.interlaced());
        // APNG (PNG, third edition, 11.3.6.1): frames, then how often they are shown.
        MemorySegment animation = png.animation();
        int frames = 1;
        if (animation != null) {
            frames = Math.clamp(Bytes.bigEndian(animation).u32(0), 1, Integer.MAX_VALUE);
        }
        return facts(
                frames,
                animation == null ? null : (int) Bytes.bigEndian(animation).u32(4),
                pixels,
                png.profile());
    }

    private PictureFacts gif() throws PictureException {
        GifStructure gif = GifStructure.of(file);
        int bits = (Bytes.bigEndian(file).u8(10) & 7) + 1;
        boolean alpha = gif.frames().stream().anyMatch(frame -> frame.transparent() >= 0);
        int frames = gif.frames().size();
        return facts(
                frames, frames > 1 ? gif.loops() : null, Pixels.of("palette", bits, alpha), null);
    }

    private PictureFacts webp() throws PictureException {
        WebpStructure webp = WebpStructure.of(file);
        Bytes bytes = Bytes.littleEndian(file);
        boolean extended = bytes.is(12, "VP8X");
        // The flag speaks of frames; what they leave free of the canvas is transparent too.
        boolean alpha =
                extended
                        ? (bytes.u8(RIFF_FLAGS) & 0x10) != 0 || !webp.frame().equals(webp.size())
                        : webp.alpha();
        boolean lossless = Bytes.littleEndian(webp.image()).is(0, "VP8L");
        Pixels pixels =
                lossless
                        ? new Pixels("RGB", 8, alpha, null, "lossless", false)
                        : new Pixels("YCbCr", 8, alpha, "4:2:0", "lossy", false);
        return facts(
                webp.frames(), webp.frames() > 1 ? webp.loops() : null, pixels, webp.profile());
    }

    private PictureFacts tiff() throws PictureException {
        TiffDirectory tiff = TiffDirectory.of(file);
        Pixels pixels = Pixels.of(tiff.colorName(), tiff.bits(), tiff.alpha());
        return facts(TiffDirectory.pages(file).size(), null, pixels, tiff.profile());
    }

    private PictureFacts psd() throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        int mode = bytes.u16(PSD_MODE);
        String color = mode < PSD_MODES.size() ? PSD_MODES.get(mode) : "";
        int channels = bytes.u16(12);
        boolean alpha =
                (color.equals("RGB") && channels > 3) || (color.equals("grey") && channels > 1);
        Pixels pixels = Pixels.of(color, bytes.u16(22), alpha);
        return facts(1, null, pixels, PsdStructure.of(file).profile());
    }

    /** What the format's reader says of the type of picture that it would make. */
    private PictureFacts other() throws PictureException {
        return Reading.of(
                header.format(),
                List.of(file),
                new Damage(),
                reader -> {
                    boolean many =
                            header.format() == ImageFormat.ICO
                                    || header.format() == ImageFormat.ICNS
                                    || header.format() == ImageFormat.PCX;
                    int frames = many ? Math.max(1, reader.getNumImages(true)) : 1;
                    int index = Reading.largest(header.format(), reader);
                    return facts(frames, null, pixels(reader.getRawImageType(index)), null);
                });
    }

    private static Pixels pixels(@Nullable ImageTypeSpecifier type) {
        if (type == null) {
            return Pixels.of("", 0, false);
        }
        ColorModel model = type.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return Pixels.of("palette", palette.getPixelSize(), palette.hasAlpha());
        }
        String color =
                switch (model.getColorSpace().getType()) {
                    case ColorSpace.TYPE_GRAY -> "grey";
                    case ColorSpace.TYPE_CMYK -> "CMYK";
                    default -> "RGB";
                };
        return Pixels.of(color, model.getComponentSize(0), model.hasAlpha());
    }

    private PictureFacts facts(
            int frames, @Nullable Integer loops, Pixels pixels, @Nullable IccProfile profile) {
        Metadata metadata = MetadataPlaces.read(header.format(), file, new ArrayList<>());
        return new PictureFacts(header, frames, loops, pixels, profile, metadata, codec);
    }
}
