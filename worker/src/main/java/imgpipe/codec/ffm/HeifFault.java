package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What a function of libheif says about its success: {@code struct heif_error}.
 *
 * @param code 0 for success
 * @param subcode what exactly
 * @param message in English
 */
@SuppressWarnings("restricted")
record HeifFault(int code, int subcode, String message) {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("code"),
                    JAVA_INT.withName("subcode"),
                    ADDRESS.withName("message"));

    private static final int UNSUPPORTED_FILETYPE = 3;
    private static final int UNSUPPORTED_FEATURE = 4;
    private static final int MEMORY = 6;
    private static final int ENCODER = 8;
    private static final int ENCODING = 9;

    private static final int END_OF_DATA = 100;
    private static final int NO_ITEM_DATA = 117;
    private static final int UNSUPPORTED_CODEC = 3000;
    private static final int SECURITY_LIMIT = 1000;

    /** Longer than any that libheif has. */
    private static final int MESSAGE_BYTES = 2000;

    static HeifFault of(MemorySegment structure) {
        MemorySegment message = structure.get(ADDRESS, 8);
        return new HeifFault(
                structure.get(JAVA_INT, 0),
                structure.get(JAVA_INT, 4),
                message.equals(MemorySegment.NULL) ? "" : text(message));
    }

    /** A string that ends with a zero. */
    static String text(MemorySegment string) {
        return string.reinterpret(MESSAGE_BYTES).getString(0);
    }

    boolean isNone() {
        return code == 0;
    }

    /**
     * What that means for a picture.
     *
     * @throws OutOfMemoryError if it means that memory has run out
     */
    PictureException explained() {
        String said = message.isEmpty() ? "" : " (libheif: " + message + ")";
        return switch (code) {
            case MEMORY -> {
                if (subcode != SECURITY_LIMIT) {
                    throw new OutOfMemoryError("libheif has no memory for the picture");
                }
                yield new PictureException(
                        Reason.LIMIT, "it asks for more than libheif allows" + said);
            }
            case UNSUPPORTED_FILETYPE, UNSUPPORTED_FEATURE ->
                    new PictureException(
                            Reason.UNSUPPORTED,
                            subcode == UNSUPPORTED_CODEC
                                    ? "libheif has no decoder for what is in it"
                                    : "a variant of HEIF that libheif does not read" + said);
            case ENCODER, ENCODING ->
                    new PictureException(
                            Reason.UNSUPPORTED, "this picture cannot be written as AVIF" + said);
            default ->
                    subcode == END_OF_DATA || subcode == NO_ITEM_DATA
                            ? new PictureException(
                                    Reason.TRUNCATED,
                                    "the file ends before the picture does" + said)
                            : new PictureException(Reason.CORRUPT, "the picture is damaged" + said);
        };
    }
}
