package imgpipe.transfer.archive;

import java.nio.file.Path;
import java.util.List;

/**
 * One picture for a data set, in one or several renditions.
 *
 * @param name of the source, percent-encoded
 * @param bytes size of the source
 * @param modified of the source, nanoseconds since 1970, or 0: all members get this time, to the
 *     second
 * @param pictures its renditions
 */
public record Sample(String name, long bytes, long modified, List<Picture> pictures) {
    public Sample {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a sample without a picture: " + name);
        }
    }

    /**
     * One rendition.
     *
     * @param extension of the member, behind the key and a dot: {@code jpg}, or {@code 800x800.jpg}
     *     where there are several; not {@code json}, which is that of the description, and no two
     *     alike, also in lower case
     * @param file holds it
     * @param bytes size of the file
     * @param width pixels
     * @param height pixels
     */
    public record Picture(String extension, Path file, long bytes, int width, int height) {}

    /** See {@link SampleKey}. */
    public String key() {
        return SampleKey.of(name);
    }

    /** The time that its members have, in seconds since 1970. */
    public long seconds() {
        return Math.max(0, Math.floorDiv(modified, 1_000_000_000L));
    }
}
