package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG at 1/8 or 1/4 of its size, faster than a decoder that has to understand all of it: most of
 * a picture's codes are only stepped over. {@link ReducedDct} defines the samples.
 *
 * <p>Takes what cameras and most programs write: sequential, Huffman-coded, 8 bits, one or three
 * components in one scan. All else, and every file in which the slightest thing is wrong, is {@link
 * Reason#UNSUPPORTED} here, so that the next codec decides what to make of it.
 */
public final class BaselineJpegCodec implements Codec {
    private final BaselineTables tables = new BaselineTables();
    private final BaselineJpegDecoder decoder = new BaselineJpegDecoder();

    @Override
    public String name() {
        return "imgpipe baseline JPEG";
    }

    @Override
    public Set<ImageFormat> reads() {
        return Set.of(ImageFormat.JPEG);
    }

    @Override
    public Set<ImageFormat> writes() {
        return Set.of();
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return false;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return JpegHeader.parse(file).header();
    }

    /** It only makes smaller pictures. */
    @Override
    public boolean takes(ImageFormat format, MemorySegment file) {
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The picture's size stays what the file says, its planes have fewer samples.
     */
    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        if (!request.fastJpeg()) {
            throw handOn("this one is switched off");
        }
        if (request.floor() == null) {
            throw handOn("all pixels are wanted");
        }
        tables.read(file);
        JpegHeader header = JpegHeader.parse(file);
        int eighths = eighths(header.size(), request.floor());
        if (eighths == 0) {
            throw handOn("more pixels are wanted");
        }
        ColorModel color = color(header);
        if (color == null || !header.mends().isEmpty()) {
            throw handOn("its colors, sampling or header are unusual");
        }
        List<Plane> planes = decoder.decode(file, header, tables, eighths, workspace);
        Picture picture = Picture.of(header.size(), color, false, planes);
        return new Decoded(
                picture.with(header.orientation()).withProfile(header.profile()), List.of());
    }

    /** Writes nothing. */
    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        throw handOn("this codec only reads");
    }

    @Override
    public void close() {}

    /** 1 or 2 samples for every eight pixels, the fewest that the floor allows; 0 for more. */
    private static int eighths(Size size, Size floor) {
        for (int eighths = 1; eighths <= 2; eighths++) {
            if ((long) size.width() * eighths >= 8L * floor.width()
                    && (long) size.height() * eighths >= 8L * floor.height()) {
                return eighths;
            }
        }
        return 0;
    }

    /** What the planes will hold; null for a picture that is not taken. */
    private static @Nullable ColorModel color(JpegHeader header) {
        if (!BaselineJpegDecoder.takes(header.components())) {
            return null;
        }
        return switch (header.color()) {
            case GREY -> ColorModel.GREY;
            case YCC -> ColorModel.YCC;
            case RGB -> isReduced(header.components()) ? null : ColorModel.RGB;
            case CMYK, YCCK -> null;
        };
    }

    private static boolean isReduced(List<JpegComponent> components) {
        JpegComponent first = components.get(0);
        JpegComponent second = components.get(1);
        return first.across() != second.across() || first.down() != second.down();
    }

    private static PictureException handOn(String reason) {
        return new PictureException(Reason.UNSUPPORTED, "left to another decoder: " + reason);
    }
}
