package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.operation.RecipeParser;
import imgpipe.shard.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {
    @TempDir private Path folder;

    @Test
    void stopsWhereThereIsNoRoomForThePlan() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.createFile(in.resolve("a.jpg"));
        Path out = folder.resolve("out");
        JobSpec spec =
                new JobSpec(
                        "convert",
                        List.of("convert", "--to=jpeg", "--"),
                        new Input.Folder(in),
                        out,
                        List.of(RenditionSpec.of(RecipeParser.parse("jpeg"))),
                        NameTemplate.MIRROR,
                        Overwrite.CHANGED,
                        false,
                        false,
                        false,
                        Limits.DEFAULT,
                        EngineKind.THREADS,
                        1,
                        1,
                        0,
                        Duration.ofSeconds(1),
                        0,
                        true,
                        Bounds.NONE,
                        out.resolve(".imgpipe"),
                        null);
        // Thrown where the list of tasks is written, whose disk a test cannot fill.
        JobListener full =
                new JobListener() {
                    @Override
                    public void scanning(long found, long bytes) {
                        throw new UncheckedIOException(new IOException("No space left on device"));
                    }
                };

        JobSummary summary = new Job(spec, full).run();

        assertThat(summary.stop()).contains(Stop.DISK_FULL);
        assertThat(summary.notStarted()).isEqualTo(1);
    }
}
