package imgpipe.transfer.archive;

import java.nio.file.Path;

/**
 * One picture for a data set.
 *
 * @param name of the picture, percent-encoded, with an extension: what it would be called as a file
 *     in the folder of the tars
 * @param source name of the picture that it was made of, percent-encoded
 * @param sourceBytes size of that
 * @param file holds it
 * @param bytes size of the file
 * @param crc32c checksum of its content (RFC 3720, appendix B.4)
 * @param width pixels
 * @param height pixels
 */
public record Sample(
        String name,
        String source,
        long sourceBytes,
        Path file,
        long bytes,
        long crc32c,
        int width,
        int height) {
    public Sample {
        if (name.substring(SampleKey.stem(name).length()).length() < 2) {
            throw new IllegalArgumentException(
                    name + " has no extension, without which nobody finds it in a data set");
        }
    }

    /** What its members have in common. */
    public String key() {
        return SampleKey.of(name);
    }

    /** What tells the picture from its description, with a dot in front. */
    String extension() {
        return name.substring(SampleKey.stem(name).length());
    }
}
