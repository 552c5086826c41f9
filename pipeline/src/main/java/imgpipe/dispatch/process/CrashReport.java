package imgpipe.dispatch.process;

import imgpipe.shard.Task;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a worker process ended that should not have.
 *
 * @param time when that was noticed
 * @param worker its number
 * @param generation how many processes had that number before
 * @param pid process id
 * @param state {@link WorkerState.Crashed} or {@link WorkerState.Killed}
 * @param exitValue as {@link Process#exitValue()}: 128 + n for signal n; -1 if it is still there
 * @param systemKills whether the system ended processes for want of memory while this one ran, or
 *     may have
 * @param inHand the picture that was started and not finished: the suspect
 * @param detail what else is known, or null
 * @param logTail the last that it printed
 * @param log where the rest of that is
 */
record CrashReport(
        Instant time,
        int worker,
        int generation,
        long pid,
        WorkerState state,
        int exitValue,
        boolean systemKills,
        @Nullable Task inHand,
        @Nullable String detail,
        String logTail,
        Path log) {
    private static final int OUT_OF_MEMORY = 3;
    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;

    /** What kind of evidence this is. */
    enum Cause {
        /** Ended by us at the deadline. */
        DEADLINE,
        /** {@code -XX:+ExitOnOutOfMemoryError} ended it. */
        MEMORY,
        /** SIGKILL that was not ours, while the system ended processes for want of memory. */
        SYSTEM_KILL,
        /** SIGKILL of a person or another program. */
        FOREIGN_KILL,
        /** Anything else. */
        OTHER
    }

    Cause cause() {
        if (state instanceof WorkerState.Killed(KillReason reason)) {
            return reason == KillReason.DEADLINE ? Cause.DEADLINE : Cause.OTHER;
        }
        return switch (exitValue) {
            case OUT_OF_MEMORY -> Cause.MEMORY;
            case SIGNALLED + SIGKILL -> systemKills ? Cause.SYSTEM_KILL : Cause.FOREIGN_KILL;
            default -> Cause.OTHER;
        };
    }

    /** How it ended, to follow the worker's name. */
    String ending() {
        if (state instanceof WorkerState.Killed(KillReason reason)) {
            return reason.sentence();
        }
        return switch (cause()) {
            case MEMORY -> "ran out of memory (exit value 3)";
            case SYSTEM_KILL, FOREIGN_KILL -> "was killed by signal 9 that imgpipe did not send";
            case DEADLINE, OTHER ->
                    exitValue > SIGNALLED
                            ? "was ended by signal " + (exitValue - SIGNALLED)
                            : "exited with value " + exitValue;
        };
    }

    /** How several ended, to follow their number. */
    static String plural(String ending) {
        return ending.startsWith("was ") ? "were " + ending.substring("was ".length()) : ending;
    }

    /** The story for people in one line. */
    String headLine() {
        return "worker %d (pid %d, generation %d) %s, %s%s; %s"
                .formatted(
                        worker,
                        pid,
                        generation,
                        ending(),
                        inHand == null ? "with no picture in hand" : "with " + inHand.name(),
                        detail == null ? "" : "; " + detail,
                        logTail.isEmpty() ? "it printed nothing" : "its log is " + log);
    }

    /** The whole story for people, in several lines. */
    String text() {
        return headLine()
                + (logTail.isEmpty() ? "" : " and ends in\n" + logTail.indent(4).stripTrailing());
    }
}
