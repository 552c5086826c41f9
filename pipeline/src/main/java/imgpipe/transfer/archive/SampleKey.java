package imgpipe.transfer.archive;

import imgpipe.listing.PercentCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What the members of one sample have in common: the name of the picture without its extension.
 *
 * <p>WebDataset takes what stands before the first dot of a member's base name for the key, and
 * some of its readers the first dot of the whole name, folders too. So a key has no dots: they are
 * written as {@code %2E}, and so are percent signs, backslashes, control characters and bytes that
 * are no UTF-8. Every other character stands as it is, and each key has one name.
 */
public final class SampleKey {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private SampleKey() {}

    /**
     * The key for a name.
     *
     * @param name percent-encoded as by {@link java.nio.file.Path#toUri()}, of which the last
     *     segment's extension is left out; pictures whose names differ in it alone share a key
     */
    public static String of(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(PercentCode.decode(stem(name)));
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        StringBuilder key = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(bytes, text, true);
            text.flip().chars().forEach(c -> append(key, (char) c));
            text.clear();
            if (!result.isError()) {
                return key.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                key.append('%').append(HEX.toHexDigits(bytes.get()));
            }
        }
    }

    /** The name without its extension. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static void append(StringBuilder key, char c) {
        if (c < ' ' || c == 0x7f || c == '%' || c == '.' || c == '\\') {
            key.append('%').append(HEX.toHexDigits((byte) c));
        } else {
            key.append(c);
        }
    }

    /** The name that a key stands for, percent-encoded and without extension. */
    public static String name(String key) {
        return PercentCode.encode(PercentCode.decode(key));
    }
}
