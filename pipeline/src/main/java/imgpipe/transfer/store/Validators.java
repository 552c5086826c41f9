package imgpipe.transfer.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Validators in the place of times. */
public final class Validators {
    private Validators() {}

    /**
     * A number that stands for a validator where a file has its modification time: the first 8
     * bytes of its SHA-256, or 0 for none. Two validators have the same one with a chance of 1 in
     * 2^64.
     */
    public static long stamp(String validator) {
        if (validator.isEmpty()) {
            return 0;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(validator.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
