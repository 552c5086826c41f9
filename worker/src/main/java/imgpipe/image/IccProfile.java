package imgpipe.image;

import java.util.Arrays;

/**
 * An ICC profile as it stood in a file (ICC.1:2022), not checked. Equal bytes make equal profiles.
 */
public final class IccProfile {
    private final byte[] bytes;
    private final int hash;

    /** A profile of these bytes, which are copied. */
    public IccProfile(byte[] bytes) {
        this.bytes = bytes.clone();
        hash = Arrays.hashCode(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IccProfile profile && Arrays.equals(bytes, profile.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
