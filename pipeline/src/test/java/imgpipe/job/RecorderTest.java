package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerIndex;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.FolderDestination;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final Task TASK = new Task(0, "a.jpg", "a.jpg", 1, 0, List.of());

    @TempDir private Path folder;
    private final Tally tally = new Tally();
    private final List<Stop> stops = new ArrayList<>();

    @Test
    void namesTheFolderOfASpoolThatHasNoRoom() throws Exception {
        record(
                new Input.Archive(folder.resolve("in.tar")),
                recorder ->
                        recorder.notFetched(
                                TASK,
                                new StoreException(
                                        Fault.LOCAL,
                                        "it cannot be written to the spool",
                                        new IOException("No space left on device"))));

        assertThat(stops).containsExactly(Stop.DISK_FULL);
        assertThat(tally.summary(1, Stop.DISK_FULL).reason())
                .contains(
                        "no room left in "
                                + folder.toRealPath().resolve("out/.imgpipe/tmp")
                                + ", where the spool lies");
    }

    @Test
    void doesNotSpeakOfASpoolWhereThereIsNone() throws Exception {
        record(
                new Input.Folder(folder),
                recorder ->
                        recorder.finished(
                                0,
                                TASK,
                                new Outcome.Failed(0, FailureKind.DISK_FULL, "a.jpg", "no room")));

        assertThat(stops).containsExactly(Stop.DISK_FULL);
        assertThat(tally.summary(1, Stop.DISK_FULL).reason()).isEmpty();
    }

    private void record(Input input, Consumer<Recorder> events) throws Exception {
        Path out = folder.resolve("out");
        JobSpec spec = JobTest.spec(input, out, null);
        Path ledger = Job.ledgerFile(spec.jobFolder());
        try (OutputFolder output = OutputFolder.open(out, spec.jobFolder())) {
            String uri = Planner.uri(output.root());
            Planner planner =
                    new Planner(spec, uri, new FolderOutputs(uri), LedgerIndex.read(ledger), false);
            try (Recorder recorder =
                    new Recorder(
                            spec,
                            output,
                            new FolderDestination(output.root()),
                            planner,
                            false,
                            ledger,
                            tally,
                            new JobListener() {},
                            stops::add)) {
                events.accept(recorder);
            }
        }
    }
}
