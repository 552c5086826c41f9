package imgpipe.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An ICC profile as it stood in a file (ICC.1:2022), not checked. Equal bytes make equal profiles.
 */
public final class IccProfile {
    /** Where the header names the color space. */
    private static final int SPACE = 16;

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

    /** Whether its header says that it is about colors of this model (ICC.1:2022, 7.2.6). */
    public boolean isOf(ColorModel color) {
        String space =
                switch (color) {
                    case GREY -> "GRAY";
                    case YCC, RGB -> "RGB ";
                    case CMYK -> "CMYK";
                };
        byte[] wanted = space.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= SPACE + 4
                && Arrays.equals(bytes, SPACE, SPACE + 4, wanted, 0, wanted.length);
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
