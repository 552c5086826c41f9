package imgpipe.shard;

import java.util.List;

/**
 * One picture to read and what to make of it.
 *
 * @param id unique within the run, counted from 0 in the order of the listing
 * @param name the path relative to the input, percent-encoded, with {@code /} between folders: the
 *     picture's identity in ledger and messages
 * @param source the file to read, as the percent-encoded path of {@link java.nio.file.Path#toUri()}
 * @param bytes the file's size when it was listed
 * @param modified the file's modification time when it was listed, in nanoseconds since 1970
 * @param renditions the picture is decoded once for all; without any it is decoded, every pixel of
 *     every frame, and that is all
 */
public record Task(
        long id,
        String name,
        String source,
        long bytes,
        long modified,
        List<Rendition> renditions) {
    public Task {
        renditions = List.copyOf(renditions);
    }

    /**
     * Name of the temporary file that holds the rendition with this index until it is published.
     */
    public String temporaryName(int rendition) {
        return id + "-" + rendition;
    }
}
