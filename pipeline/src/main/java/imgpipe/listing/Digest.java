package imgpipe.listing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short fingerprints of texts that strangers choose: the beginning of their SHA-256. */
final class Digest {
    private Digest() {}

    /** 48 bits, as 12 hexadecimal digits. */
    static String digits(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, 6);
    }

    /** 64 bits. */
    static long number(String text) {
        return ByteBuffer.wrap(sha256(text)).getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
