package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.Shards;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuspectTest {
    private static final WorkerState CRASHED = new WorkerState.Crashed();
    private final Task task = new Shards(Path.of("/tmp")).with("a", "b").tasks().get(1);
    private final Shard shard = new Shard(0, "/tmp/", Limits.DEFAULT, List.of(task, task));
    private final Suspect suspect = new Suspect(task, shard);

    @Test
    void isTriedAlone() {
        assertThat(suspect.alone().tasks()).containsExactly(task);
    }

    @Test
    void twoDeathsAreEnough() {
        assertThat(after(CRASHED, 1)).isNull();
        assertThat(kind(after(CRASHED, 134))).isEqualTo(FailureKind.CRASH);
    }

    @Test
    void aSigkillOfSomebodyElseIsNoEvidence() {
        for (int tries = 1; tries < 5; tries++) {
            assertThat(after(CRASHED, 137)).isNull();
        }
        assertThat(kind(after(CRASHED, 137))).isEqualTo(FailureKind.CRASH);
    }

    @Test
    void theLastEvidenceNamesTheKind() {
        assertThat(after(CRASHED, 1)).isNull();
        assertThat(after(CRASHED, 137)).isNull();
        assertThat(kind(after(new WorkerState.Killed(KillReason.DEADLINE), 137)))
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void exitValueThreeIsMemory() {
        assertThat(after(CRASHED, 3)).isNull();
        assertThat(kind(after(CRASHED, 3))).isEqualTo(FailureKind.MEMORY);
    }

    private static FailureKind kind(@Nullable Outcome outcome) {
        return ((Outcome.Quarantined) Objects.requireNonNull(outcome)).kind();
    }

    private @Nullable Outcome after(WorkerState state, int exitValue) {
        suspect.add(
                new CrashReport(
                        0, 0, 1, state, exitValue, task, null, "", Path.of("worker-0.log")));
        return suspect.verdict();
    }
}
