package imgpipe.job;

import imgpipe.shard.FailureKind;
import imgpipe.shard.FileFault;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a picture is said to have failed with that could not be fetched, or whose outputs could not
 * be sent.
 *
 * @param sentence for people
 */
record TransferFailure(FailureKind kind, String sentence) {
    /** A source could not be fetched. */
    static TransferFailure ofFetching(StoreException why) {
        IOException cause = why.getCause() instanceof IOException io ? io : why;
        return new TransferFailure(
                why.fault() == Fault.LOCAL ? kind(cause, FailureKind.READ) : kind(why),
                why.sentence());
    }

    /**
     * Outputs could not be written.
     *
     * @param outputs percent-encoded paths below the output
     */
    static TransferFailure ofSending(IOException cause, List<String> outputs) {
        if (cause instanceof StoreException why) {
            // Which says where.
            return new TransferFailure(kind(why), "it cannot be written: " + why.sentence());
        }
        return new TransferFailure(
                kind(cause, FailureKind.WRITE),
                "it cannot be written to "
                        + outputs.stream()
                                .map(ReadableName::decode)
                                .collect(Collectors.joining(" and "))
                        + ": "
                        + FileFault.reason(cause));
    }

    private static FailureKind kind(IOException cause, FailureKind otherwise) {
        return FileFault.isDiskFull(cause) ? FailureKind.DISK_FULL : otherwise;
    }

    private static FailureKind kind(StoreException why) {
        return switch (why.fault()) {
            case LIMIT -> FailureKind.LIMIT;
            case NOT_A_PICTURE -> FailureKind.NOT_A_PICTURE;
            case TIMEOUT -> FailureKind.TIMEOUT;
            case LOCAL -> FailureKind.READ;
            default -> FailureKind.HTTP;
        };
    }

    /** The same as an outcome. */
    Outcome.Failed of(Task task) {
        return new Outcome.Failed(task.id(), kind, task.name(), sentence);
    }
}
