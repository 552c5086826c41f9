package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerIndex;
import imgpipe.operation.RecipeParser;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.FolderDestination;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        JobSpec spec = spec(input, out);
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

    private static JobSpec spec(Input input, Path out) throws Exception {
        return new JobSpec(
                "convert",
                List.of("convert", "--to=jpeg", "--"),
                input,
                out,
                null,
                0,
                List.of(RenditionSpec.of(RecipeParser.parse("jpeg"))),
                NameTemplate.MIRROR,
                Overwrite.CHANGED,
                false,
                false,
                false,
                Limits.DEFAULT,
                EngineKind.THREADS,
                1,
                new TransferSettings(1, 1, 0, Duration.ofMinutes(1), false, Set.of(), null, false),
                1 << 20,
                Duration.ofSeconds(1),
                0,
                true,
                Bounds.NONE,
                out.resolve(".imgpipe"),
                null);
    }
}
