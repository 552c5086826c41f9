package imgpipe.job;

import imgpipe.dispatch.ShardRunner;

/** Chooses what runs the shards: the only class here that sees the implementations. */
final class Runners {
    private Runners() {}

    @SuppressWarnings("DoNotCallSuggester")
    static ShardRunner of(JobSpec spec) {
        throw new IllegalStateException("no runner of kind " + spec.engine());
    }
}
