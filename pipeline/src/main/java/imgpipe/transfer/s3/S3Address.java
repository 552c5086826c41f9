package imgpipe.transfer.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code s3://bucket/key} with the key percent-encoded, so that any key can be said and no address
 * looks as if it had a query, or as if it could be shortened.
 *
 * @param bucket its name
 * @param key as the store has it: any text; empty for the whole bucket
 */
public record S3Address(String bucket, String key) {
    /** What an address begins with, in any mixture of cases. */
    private static final Pattern FORM =
            Pattern.compile("s3://([^/]*)(?:/(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** As Amazon has them, with the capitals and underscores of its early years. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    private static final String UNRESERVED = "-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * Reads an address. Characters that need not be encoded may be, and others may stand as they
     * are.
     *
     * @throws IllegalArgumentException with a sentence for people when it is none
     */
    public static S3Address parse(String address) {
        Matcher matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an address like s3://bucket/prefix");
        }
        String bucket = matcher.group(1);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    bucket.isEmpty()
                            ? "no bucket in it; an address is like s3://bucket/prefix"
                            // It may hold what was meant as a password.
                            : "what stands before its key is not a bucket's name");
        }
        String path = matcher.group(2);
        return new S3Address(bucket, path == null ? "" : decode(path));
    }

    /** The object or folder below this one. */
    public S3Address resolve(String name) {
        return new S3Address(bucket, key + name);
    }

    /**
     * The same as a folder: what has no slash at its end gets one. The whole bucket is a folder.
     */
    public S3Address folder() {
        return key.isEmpty() || key.endsWith("/") ? this : resolve("/");
    }

    /** The address, from which {@link #parse} makes an equal one. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + encode(key);
    }

    /**
     * A key as a path: letters and digits of ASCII, {@code - _ . ~} and the slashes stay, every
     * other byte of its UTF-8 becomes {@code %XX}. So do the dots of a segment that is {@code .} or
     * {@code ..}. Empty segments stay.
     *
     * @param key any text that UTF-8 can hold
     */
    public static String encode(String key) {
        StringBuilder path = new StringBuilder(key.length() + 16);
        int from = 0;
        while (true) {
            int end = key.indexOf('/', from);
            encode(end < 0 ? key.substring(from) : key.substring(from, end), path);
            if (end < 0) {
                return path.toString();
            }
            path.append('/');
            from = end + 1;
        }
    }

    private static void encode(String segment, StringBuilder path) {
        boolean dots = segment.equals(".") || segment.equals("..");
        for (byte each : segment.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            if (isPlain(letter) && !dots) {
                path.append(letter);
            } else {
                path.append('%').append(HEX.toHexDigits(each));
            }
        }
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || UNRESERVED.indexOf(letter) >= 0;
    }

    /**
     * The key of a path: undoes {@link #encode}, whatever was encoded. A {@code %} that no two
     * hexadecimal digits follow stands for itself, and so does a {@code +}.
     */
    public static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        ByteArrayOutputStream key = new ByteArrayOutputStream(path.length());
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%'
                    && i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2])) {
                key.write(
                        HexFormat.fromHexDigit(bytes[i + 1]) << 4
                                | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                key.write(bytes[i]);
            }
        }
        return key.toString(StandardCharsets.UTF_8);
    }
}
