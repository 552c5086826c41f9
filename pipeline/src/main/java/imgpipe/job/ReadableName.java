package imgpipe.job;

import imgpipe.listing.PercentCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The names of files as people read them. */
public final class ReadableName {
    private ReadableName() {}

    /**
     * The name that a percent-encoded path (RFC 3986, section 2.1) stands for. Bytes that are no
     * UTF-8 become {@code \xFF}; a percent sign that begins no code stays.
     */
    public static String decode(String encoded) {
        return utf8(PercentCode.decode(encoded));
    }

    /**
     * The text on one line that no terminal takes for a command: control characters, line and
     * paragraph separators and marks that turn the direction of writing are escaped as in Java.
     */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isPlain(c)) {
                        line.append(c);
                    } else {
                        line.append("\\u").append(HexFormat.of().toHexDigits(c));
                    }
                }
            }
        }
        return line.toString();
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    false;
            // Joiners belong to the spelling of names; overrides and isolates hide their end.
            case Character.FORMAT ->
                    !((c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069'));
            default -> true;
        };
    }

    private static String utf8(byte[] bytes) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder name = new StringBuilder(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            name.append(out.flip());
            out.clear();
            if (!result.isError()) {
                return name.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                name.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(in.get()));
            }
        }
    }
}
