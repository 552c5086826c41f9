package imgpipe.operation;

import imgpipe.image.Rgb;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a watermark shows. */
public sealed interface Mark {
    /**
     * A picture.
     *
     * @param path percent-encoded but for letters, digits and {@code - . _ ~ /}, as in a URI
     * @param hash of the file's content as {@link #hash} has it, or empty if it does not matter; it
     *     lets outputs be made anew when the mark's file has changed
     */
    record File(String path, String hash) implements Mark {
        /** The largest file that is taken for a mark, in bytes. */
        public static final int MOST_BYTES = 64 << 20;

        /** The most pixels that a mark may have. */
        public static final int MOST_PIXELS = 50_000_000;

        private static final int HASH_BYTES = 8;

        public File {
            if (!path.matches("[-A-Za-z0-9._~/%]+") || !hash.matches("|[0-9a-f]{16}")) {
                throw new IllegalArgumentException("mark " + path + ", hash " + hash);
            }
        }

        /**
         * The file of this percent-encoded path; characters that should be encoded and are not
         * stand for themselves.
         *
         * @throws IllegalArgumentException for a percent sign without two hexadecimal digits
         */
        public static File of(String encoded) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < encoded.length(); ) {
                if (encoded.charAt(i) == '%') {
                    if (i + 3 > encoded.length()) {
                        throw new IllegalArgumentException(encoded);
                    }
                    bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                    i += 3;
                } else {
                    int point = encoded.codePointAt(i);
                    bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                    i += Character.charCount(point);
                }
            }
            return new File(encode(bytes.toByteArray()), "");
        }

        /** The file of a path as people write it. */
        static File named(String name) {
            return new File(encode(name.getBytes(StandardCharsets.UTF_8)), "");
        }

        private static String encode(byte[] bytes) {
            StringBuilder encoded = new StringBuilder();
            for (byte b : bytes) {
                char c = (char) (b & 0xFF);
                if (c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
                    encoded.append(c);
                } else {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            }
            return encoded.toString();
        }

        /** The first 64 bits of the content's SHA-256, as 16 digits. */
        public static String hash(byte[] content) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
                return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /**
     * A line of text.
     *
     * @param text one line, not blank
     * @param color of the letters
     * @param size of the font; 100 % are the picture's shorter side
     */
    record Text(String text, Rgb color, Length size) implements Mark {
        public Text {
            if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a mark of the text \"" + text + "\"");
            }
        }
    }
}
