package imgpipe.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of a source's EXIF, XMP and IPTC goes into the output. */
public enum MetadataPolicy {
    /** Nothing; it is not even read. */
    NONE,
    /** Who made the picture and who may use it. */
    COPYRIGHT,
    /** All but the place, embedded thumbnails and maker notes. */
    SAFE,
    /** Everything that is still true of the output. */
    ALL;

    /** The policy of this name, in small letters. */
    public static Optional<MetadataPolicy> of(String name) {
        return Arrays.stream(values()).filter(policy -> policy.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
