package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.Shards;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectTest {
    @TempDir private Path folder;
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
        for (int tries = 1; tries < 30; tries++) {
            assertThat(after(CRASHED, 137)).isNull();
        }
        assertThat(kind(after(CRASHED, 137))).isEqualTo(FailureKind.CRASH);
    }

    @Test
    void aSigkillWhileMemoryIsShortIsLittleEvidence() {
        for (int tries = 1; tries < 5; tries++) {
            assertThat(after(CRASHED, 137, true)).isNull();
        }
        assertThat(kind(after(CRASHED, 137, true))).isEqualTo(FailureKind.CRASH);
    }

    @Test
    void theSystemsKillsAreReadFromItsCounters() throws Exception {
        Path counters = folder.resolve("vmstat");
        Files.writeString(counters, "nr_free_pages 7\noom_kill 12\noom_kill_other 3\n");
        assertThat(OutOfMemoryKills.count(counters)).isEqualTo(12);
        assertThat(OutOfMemoryKills.count(folder.resolve("none")))
                .isEqualTo(OutOfMemoryKills.UNKNOWN);
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

    @Test
    void countsDeathsThatWereAlike() {
        assertThat(after(CRASHED, 137)).isNull();
        assertThat(after(CRASHED, 134)).isNull();
        assertThat(after(CRASHED, 137)).isNull();
        assertThat(((Outcome.Quarantined) Objects.requireNonNull(after(CRASHED, 7))).sentence())
                .startsWith(
                        "4 workers ended with it in hand: two were killed by signal 9 that imgpipe"
                                + " did not send, one was ended by signal 6, one exited with value"
                                + " 7; what");
    }

    @Test
    void keepsWhatTheWorkersLeft() throws Exception {
        assertThat(after(CRASHED, 139)).isNull();
        Outcome verdict = Objects.requireNonNull(after(CRASHED, 7));
        try (Stream<Path> files = Files.list(folder.resolve("quarantine"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).matches("b-[0-9a-f]{8}\\.txt");
            assertThat(((Outcome.Quarantined) verdict).sentence()).endsWith(" is in " + file);
            assertThat(file)
                    .content()
                    .startsWith("b\n/in/b\n1 bytes, ")
                    .contains("\n1. 2026-01-02T03:04:05Z\n", "was ended by signal 11, with b")
                    .contains("\n2. 2026-01-02T03:04:05Z\n", "exited with value 7, with b")
                    .contains("    the last words");
        }
    }

    @Test
    void isProvenThoughTheEvidenceCannotBeKept() throws Exception {
        Files.createFile(folder.resolve("quarantine"));
        assertThat(after(CRASHED, 139)).isNull();
        assertThat(kind(after(CRASHED, 7))).isEqualTo(FailureKind.CRASH);
    }

    private @Nullable Outcome after(WorkerState state, int exitValue) {
        return after(state, exitValue, false);
    }

    private @Nullable Outcome after(WorkerState state, int exitValue, boolean systemKills) {
        suspect.add(
                new CrashReport(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        0,
                        0,
                        1,
                        state,
                        exitValue,
                        systemKills,
                        task,
                        null,
                        "the last words",
                        Path.of("worker-0.log")));
        return suspect.isProven() ? suspect.verdict(folder) : null;
    }
}
