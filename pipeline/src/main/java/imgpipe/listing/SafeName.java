package imgpipe.listing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a text that shall be the name of a file below some root: the key of an object,
 * the name of an archive's member, a cell of a table. Each text has a name of its own.
 */
public sealed interface SafeName {
    /** Bytes of UTF-8 that one segment may have: what most file systems allow. */
    int MOST_SEGMENT_BYTES = 255;

    /** Bytes of UTF-8 that the whole may have, as Linux allows for a path. */
    int MOST_BYTES = 4096;

    /** What Windows takes for the root of a disk. */
    Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    /** Who unpacks the result on Windows has a second one. */
    Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    /**
     * The text can be a name.
     *
     * @param name relative, percent-encoded as by {@link java.nio.file.Path#toUri()}, with {@code
     *     /} between folders
     */
    record Named(String name) implements SafeName {}

    /**
     * The text cannot be a name.
     *
     * @param sentence says which text, and why
     */
    record Refused(String sentence) implements SafeName {}

    /** The name for a text in which {@code /} stands between folders. */
    static SafeName of(String text) {
        String fault = fault(text);
        return fault == null
                ? new Named(PercentCode.encode(text.getBytes(StandardCharsets.UTF_8)))
                : new Refused("the name " + Quoted.of(text) + " " + fault);
    }

    /**
     * The text whose name this is.
     *
     * @param name as in {@link Named}
     * @throws IllegalArgumentException if it is the name of no text, as that of a file whose bytes
     *     are no UTF-8
     */
    static String decode(String name) {
        byte[] bytes = PercentCode.decode(name);
        if (!PercentCode.encode(bytes).equals(name)) {
            throw new IllegalArgumentException(Quoted.of(name) + " is not percent-encoded");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is no UTF-8", e);
        }
    }

    private static @Nullable String fault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.indexOf('\0') >= 0) {
            return "holds a NUL";
        }
        if (text.startsWith("/") || text.startsWith("\\")) {
            return "is absolute; it has to lie below a folder";
        }
        if (DRIVE.matcher(text).lookingAt()) {
            return "is absolute: it begins with a drive";
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "is no Unicode: one half of a pair of surrogates stands alone";
        }
        if (text.length() > MOST_BYTES || bytes(text) > MOST_BYTES) {
            return "has more than " + MOST_BYTES + " bytes";
        }
        for (String segment : SEPARATOR.split(text, -1)) {
            if (segment.equals("..")) {
                return "leaves the tree by \"..\"";
            }
            if (segment.equals(".")) {
                return "has a segment \".\"";
            }
        }
        if (text.endsWith("/")) {
            return "ends in a slash, as that of a folder";
        }
        String[] segments = text.split("/", -1);
        if (segments[0].equalsIgnoreCase(".imgpipe")) {
            return "lies in .imgpipe, which is kept for what imgpipe itself needs";
        }
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return "has an empty segment";
            }
            if (bytes(segment) > MOST_SEGMENT_BYTES) {
                return "has a segment of more than " + MOST_SEGMENT_BYTES + " bytes";
            }
        }
        return null;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
