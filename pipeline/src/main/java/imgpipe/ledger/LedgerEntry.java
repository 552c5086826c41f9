package imgpipe.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger: the last word on one source. Where an output replaces its source, bytes
 * and modified are those of the output, which the next run finds as the source.
 *
 * @param name of the source, {@link imgpipe.shard.Task#name()}
 * @param bytes size of the source
 * @param modified the source's modification time, nanoseconds since 1970
 * @param work what was made of it: a hash over the recipes and the options that matter; where
 *     outputs went, they tell
 * @param state what came of it
 * @param outputs the published files; empty unless done or intended
 * @param kind name of the failure's kind, or null when done
 * @param message why it failed, or null when done
 * @param validator what tells whether the source has changed, where a listing does not; empty for
 *     none
 */
public record LedgerEntry(
        String name,
        long bytes,
        long modified,
        String work,
        State state,
        List<Output> outputs,
        @Nullable String kind,
        @Nullable String message,
        String validator) {
    public LedgerEntry {
        outputs = List.copyOf(outputs);
    }

    /** An entry on a source whose listing tells its size and time. */
    public LedgerEntry(
            String name,
            long bytes,
            long modified,
            String work,
            State state,
            List<Output> outputs,
            @Nullable String kind,
            @Nullable String message) {
        this(name, bytes, modified, work, state, outputs, kind, message, "");
    }

    /**
     * Whether the files tell that this was done, also when a later line says something else: it was
     * announced and not called done, or its output lies where the source did.
     */
    boolean isRecognizable() {
        return state == State.INTENDED || (state == State.DONE && replacesItsSource());
    }

    private boolean replacesItsSource() {
        return outputs.stream()
                .anyMatch(output -> output.bytes() == bytes && output.modified() == modified);
    }

    /** The same, called done. */
    LedgerEntry done() {
        return new LedgerEntry(
                name, bytes, modified, work, State.DONE, outputs, null, null, validator);
    }

    /** What came of a source. */
    public enum State {
        DONE,
        /**
         * The outputs, in a folder that is searched for sources too, were about to get their final
         * names, and a crash has kept them from being called done. They are done if they are there
         * as the line says; otherwise it says nothing.
         */
        INTENDED,
        FAILED,
        QUARANTINED
    }

    /**
     * A published file.
     *
     * @param path relative to the output folder, percent-encoded
     * @param bytes size
     * @param modified modification time, nanoseconds since 1970
     * @param crc32c checksum of the content
     * @param width pixels, or 0 if that is not known
     * @param height pixels, or 0 if that is not known
     */
    public record Output(
            String path, long bytes, long modified, long crc32c, int width, int height) {
        /** A file as the file system shows it, or -1 bytes for one that is not there. */
        public static Output there(String path, long bytes, long modified) {
            return new Output(path, bytes, modified, 0, 0, 0);
        }
    }
}
