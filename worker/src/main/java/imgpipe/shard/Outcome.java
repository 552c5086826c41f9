package imgpipe.shard;

import java.util.List;

/** What became of one task. */
public sealed interface Outcome extends Answer {
    /**
     * Every rendition is written.
     *
     * @param written one for each rendition, in their order
     * @param pixels size of the source, width x height of all frames
     * @param warnings what is not as it should be, though the picture could be made: sentences
     */
    record Done(long task, List<Written> written, long pixels, List<String> warnings)
            implements Outcome {
        public Done {
            written = List.copyOf(written);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The picture could not be done; later runs try it again.
     *
     * @param culprit the file, option or codec at fault
     * @param sentence what is wrong and, where that is known, what to do
     */
    record Failed(long task, FailureKind kind, String culprit, String sentence)
            implements Outcome {}

    /**
     * The picture brought down more than one worker; later runs leave it out until it changes.
     *
     * @param kind {@link FailureKind#CRASH}, {@link FailureKind#TIMEOUT} or {@link
     *     FailureKind#MEMORY}
     * @param sentence the evidence
     */
    record Quarantined(long task, FailureKind kind, String culprit, String sentence)
            implements Outcome {}
}
