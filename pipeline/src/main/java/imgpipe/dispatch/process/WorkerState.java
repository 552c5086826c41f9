package imgpipe.dispatch.process;

/**
 * Where a worker process stands.
 *
 * <pre>
 *   STARTING ──Hello──► READY ──RunShard──► BUSY        any of these ──► KILLED(reason), CRASHED
 *                         ▲ ◄──ShardFinished──┘
 *                         ├──Shutdown──► STOPPING ──Bye──► EXITED
 *                         └──Bye, unasked (it must not be used again)──► EXITED
 * </pre>
 */
sealed interface WorkerState {
    /** Its pipes are not open, or it has not said hello. */
    record Starting() implements WorkerState {}

    /** Waits for a shard. */
    record Ready() implements WorkerState {}

    /** Has a shard. */
    record Busy() implements WorkerState {}

    /** Told to exit. */
    record Stopping() implements WorkerState {}

    /** Said goodbye. */
    record Exited() implements WorkerState {}

    /** Ended by itself, or by somebody else's hand. */
    record Crashed() implements WorkerState {}

    /** Ended by us. */
    record Killed(KillReason reason) implements WorkerState {}

    /** Whether nothing comes after this. */
    default boolean isFinal() {
        return this instanceof Exited || this instanceof Crashed || this instanceof Killed;
    }

    /** Whether a worker can go from here to there. */
    default boolean canBecome(WorkerState next) {
        return switch (next) {
            case Starting starting -> false;
            case Ready ready -> this instanceof Starting || this instanceof Busy;
            case Busy busy -> this instanceof Ready;
            case Stopping stopping -> this instanceof Ready;
            case Exited exited -> this instanceof Ready || this instanceof Stopping;
            case Crashed crashed -> !isFinal();
            case Killed killed -> !isFinal();
        };
    }
}
