package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerStateTest {
    private static final List<WorkerState> STATES =
            List.of(
                    new WorkerState.Starting(),
                    new WorkerState.Ready(),
                    new WorkerState.Busy(),
                    new WorkerState.Stopping(),
                    new WorkerState.Exited(),
                    new WorkerState.Crashed(),
                    new WorkerState.Killed(KillReason.DEADLINE));

    /** Row: from; column: to; in the order above. */
    private static final List<String> MOVES =
            List.of(
                    ".r...ck", // starting
                    "..bseck", // ready
                    ".r...ck", // busy
                    "....eck", // stopping
                    ".......", // exited
                    ".......", // crashed
                    "......."); // killed

    @Test
    void movesAreThoseOfTheDiagram() {
        List<String> moves =
                STATES.stream()
                        .map(
                                from ->
                                        String.join(
                                                "",
                                                IntStream.range(0, STATES.size())
                                                        .mapToObj(
                                                                to ->
                                                                        from.canBecome(
                                                                                        STATES.get(
                                                                                                to))
                                                                                ? ".rbseck"
                                                                                        .substring(
                                                                                                to,
                                                                                                to
                                                                                                        + 1)
                                                                                : ".")
                                                        .toList()))
                        .toList();
        assertThat(moves).isEqualTo(MOVES);
    }
}
