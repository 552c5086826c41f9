package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every format but HEIC and AVIF, in Java: through the JDK's own ImageIO plugins for PNG and GIF,
 * through TwelveMonkeys' for the rest. Not the fastest, but there on every machine.
 */
public final class ImageIoCodec implements Codec {
    private static final Set<ImageFormat> READS =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(ImageFormat.HEIC, ImageFormat.AVIF)));
    private static final Set<ImageFormat> WRITES =
            READS.stream().filter(ImageFormat::writable).collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "ImageIO " + System.getProperty("java.version") + " with TwelveMonkeys";
    }

    @Override
    public Set<ImageFormat> reads() {
        return READS;
    }

    @Override
    public Set<ImageFormat> writes() {
        return WRITES;
    }

    @Override
    public boolean animates(ImageFormat format) {
        return format == ImageFormat.GIF;
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return switch (format) {
            case JPEG, PNG, TIFF -> true;
            // WebP has no grey.
            case WEBP -> color != ColorModel.GREY;
            default -> false;
        };
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return switch (format) {
            case JPEG -> JpegHeader.parse(file).header();
            case PNG -> PngStructure.of(file, false).header();
            case GIF -> {
                GifStructure gif = GifStructure.of(file);
                int frames = gif.frames().size();
                yield new Header(
                        format,
                        gif.canvas(),
                        frames,
                        Orientation.UPRIGHT,
                        frames > 1 ? "animation" : "palette");
            }
            case WEBP -> WebpStructure.of(file).header(false);
            case TIFF -> {
                // First, as the reader does not know that a file ends too early.
                Orientation orientation = TiffDirectory.of(file).orientation();
                yield withOrientation(sized(format, file), orientation);
            }
            default -> sized(format, file);
        };
    }

    private static Header withOrientation(Header header, Orientation orientation) {
        return new Header(
                header.format(), header.size(), header.frames(), orientation, header.description());
    }

    private static Header sized(ImageFormat format, MemorySegment file) throws PictureException {
        return Reading.of(
                format,
                List.of(file),
                new Damage(),
                reader -> {
                    int index = Reading.largest(format, reader);
                    IconPictures.require(format, file);
                    Size size = FileSizes.of(reader.getWidth(index), reader.getHeight(index));
                    return new Header(format, size, 1, Orientation.UPRIGHT, "");
                });
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        return new ImageIoDecoder(format, file, request, workspace).decode();
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        try {
            return ImageIoEncoder.encode(picture, format, settings, workspace);
        } catch (IOException | RuntimeException e) {
            PictureException why = Damage.explain(e);
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "this picture cannot be written as " + format + ": " + why.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {}
}
