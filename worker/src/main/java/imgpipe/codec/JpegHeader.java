package imgpipe.codec;

import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a JPEG says of itself before its first scan (ITU-T T.81, annex B; JFIF 1.02; Exif 2.32).
 *
 * @param size as stored
 * @param precision bits a sample
 * @param process how the frame is coded
 * @param components one, three or four
 * @param color what the components mean
 * @param jfif whether there is a JFIF segment
 * @param adobe whether there is an Adobe segment. CMYK samples are inverted, 255 is no ink, with it
 *     and without: so do Pillow, libvips, ImageMagick and the browsers read them
 * @param orientation from EXIF; a damaged EXIF segment is none
 * @param profile null if there is none, a part of it is missing or it is over 8 MB
 * @param severalScans whether decoding needs more than the first scan
 * @param firstScan position of the first SOS marker
 * @param mends harmless faults of the whole file, as far as it was looked at
 */
public record JpegHeader(
        Size size,
        int precision,
        JpegProcess process,
        List<JpegComponent> components,
        JpegColor color,
        boolean jfif,
        boolean adobe,
        Orientation orientation,
        @Nullable IccProfile profile,
        boolean severalScans,
        long firstScan,
        List<JpegMend> mends) {
    public JpegHeader {
        components = List.copyOf(components);
        mends = List.copyOf(mends);
    }

    /**
     * Reads the header. Of a file with one scan nothing is looked at behind it; a progressive or
     * non-interleaved one is walked through to count its scans.
     *
     * @param file the whole file; nothing outside of it is read
     * @throws PictureException NOT_A_PICTURE if it does not begin like a JPEG, TRUNCATED if it ends
     *     before the first scan, LIMIT if it has more than {@link JpegScans#MOST} scans,
     *     UNSUPPORTED for a frame without a height or with two or over four components, else
     *     CORRUPT
     */
    public static JpegHeader parse(MemorySegment file) throws PictureException {
        return new JpegHeaderParser(file).parse();
    }

    /** Walks through the file's scans. */
    public JpegScans scans(MemorySegment file) {
        return JpegScans.walk(file, process, components, firstScan);
    }

    /** The facts that all formats have. */
    public Header header() {
        return new Header(ImageFormat.JPEG, size, 1, orientation, description());
    }

    /** For people: {@code progressive, 4:2:0} or {@code baseline, CMYK (Adobe, inverted)}. */
    public String description() {
        StringBuilder text = new StringBuilder(process.toString());
        if (precision != 8) {
            text.append(", ").append(precision).append(" bits");
        }
        text.append(", ");
        switch (color) {
            case GREY -> text.append("grey");
            case YCC -> text.append(sampling());
            case RGB -> text.append("RGB");
            case CMYK -> text.append(adobe ? "CMYK (Adobe, inverted)" : "CMYK");
            case YCCK -> text.append("YCCK (Adobe, inverted)");
        }
        if (profile != null) {
            text.append(", ICC profile");
        }
        return text.toString();
    }

    /** The usual name where there is one, else the factors: {@code 4:2:0}, {@code 2x1,1x2,1x1}. */
    String sampling() {
        JpegComponent luma = components.get(0);
        JpegComponent blue = components.get(1);
        JpegComponent red = components.get(2);
        if (blue.across() == red.across()
                && blue.down() == red.down()
                && luma.across() % blue.across() == 0
                && luma.down() % blue.down() == 0) {
            String name =
                    switch (luma.across() / blue.across() * 10 + luma.down() / blue.down()) {
                        case 11 -> "4:4:4";
                        case 21 -> "4:2:2";
                        case 22 -> "4:2:0";
                        case 12 -> "4:4:0";
                        case 41 -> "4:1:1";
                        case 42 -> "4:1:0";
                        default -> "";
                    };
            if (!name.isEmpty()) {
                return name;
            }
        }
        return String.join(
                ",", components.stream().map(part -> part.across() + "x" + part.down()).toList());
    }
}
