package imgpipe.codec.ffm;

import imgpipe.codec.JpegMend;
import imgpipe.codec.JpegScans;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the messages of the library mean, as {@code jerror.h} of libjpeg-turbo lists them. */
final class JpegComplaint {
    /** Beginnings of all messages after which decoding goes on. */
    private static final List<String> WARNINGS =
            List.of(
                    "Premature end of JPEG file",
                    "Corrupt JPEG data: ",
                    "Inconsistent progression sequence ",
                    "Invalid SOS parameters for sequential JPEG",
                    "Unknown Adobe color transform code ",
                    "Warning: unknown JFIF revision number ",
                    "Application transferred too many scanlines");

    /** Parts of the messages of a decoder that keeps {@link JpegBounds}. */
    private static final List<String> BEYOND_BOUNDS =
            List.of(
                    "Progressive JPEG image has more than ",
                    "Image is too large",
                    "Memory limit exceeded");

    private static final Pattern BEFORE_END =
            Pattern.compile("Corrupt JPEG data: (\\d+) extraneous bytes before marker 0xd9");

    /** Bytes in the library's bit buffer, which it does not count as left over. */
    private static final int READ_AHEAD = 8;

    private JpegComplaint() {}

    /** Whether the library went on after this. */
    static boolean isWarning(String complaint) {
        return WARNINGS.stream().anyMatch(complaint::startsWith);
    }

    /**
     * Many phones leave zeros between the picture and the end marker. libjpeg's users either ignore
     * "extraneous bytes" (browsers, Pillow), and with them the only sign of a bit that was flipped
     * in the middle so that codes are left over at the end, or refuse the phones' files too (sharp
     * by default). Here the bytes decide. The codes of a scan end in bits that are 1 (T.81,
     * F.1.2.3), so zeros of about the reported number are padding. All else is damage, also more
     * zeros than were left over: some of them were taken for codes.
     *
     * @param scans of the file, which is ended
     */
    static Optional<JpegMend> padding(String complaint, MemorySegment jpeg, JpegScans scans) {
        Matcher matcher = BEFORE_END.matcher(complaint);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long end = scans.end();
        while (byteBefore(jpeg, end) == (byte) 0xFF) {
            end--;
        }
        long from = end;
        while (byteBefore(jpeg, from) == 0) {
            from--;
        }
        if (byteBefore(jpeg, from) == (byte) 0xFF) {
            from++; // the zero that is stuffed behind each FF of the codes
        }
        long count = Long.parseLong(matcher.group(1));
        long zeros = end - from;
        return zeros >= count && zeros <= count + READ_AHEAD
                ? Optional.of(
                        new JpegMend(from, zeros, 0xFF, zeros + " zeros lie before the end marker"))
                : Optional.empty();
    }

    /** The failure that a complaint stands for at which the library gave up. */
    static PictureException failure(String complaint) {
        throwIfOutOfMemory(complaint);
        boolean unsupported =
                complaint.startsWith("Unsupported JPEG")
                        || complaint.startsWith("Unsupported color conversion")
                        || complaint.startsWith("Sorry, ")
                        || complaint.startsWith("CCIR601")
                        || complaint.startsWith("Maximum supported image dimension")
                        || complaint.contains("not implemented")
                        || complaint.contains("not supported");
        boolean beyond = BEYOND_BOUNDS.stream().anyMatch(complaint::contains);
        return new PictureException(
                unsupported ? Reason.UNSUPPORTED : beyond ? Reason.LIMIT : Reason.CORRUPT,
                "the JPEG cannot be decoded (libjpeg-turbo: " + complaint + ")");
    }

    /** The failure that a complaint stands for after which the library went on. */
    static PictureException damage(String complaint) {
        return new PictureException(
                Reason.CORRUPT, "the JPEG is damaged (libjpeg-turbo: " + complaint + ")");
    }

    /** A lack of memory is no fault of the file. */
    static void throwIfOutOfMemory(String complaint) {
        if (complaint.startsWith("Insufficient memory")
                || complaint.contains("Memory allocation failure")) {
            throw new OutOfMemoryError("libjpeg-turbo: " + complaint);
        }
    }

    private static byte byteBefore(MemorySegment jpeg, long position) {
        return jpeg.get(ValueLayout.JAVA_BYTE, position - 1);
    }
}
