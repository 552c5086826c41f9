package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.ledger.LedgerIndex;
import imgpipe.operation.RecipeParser;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollisionCheckTest {
    @TempDir private Path folder;

    private JobSpec spec() throws Exception {
        return new JobSpec(
                "convert",
                List.of("convert", "--to=jpeg", "--"),
                new Input.Folder(folder),
                Path.of("/out"),
                null,
                0,
                List.of(RenditionSpec.of(RecipeParser.parse("jpeg"))),
                NameTemplate.MIRROR,
                Overwrite.CHANGED,
                false,
                false,
                true,
                Limits.DEFAULT,
                EngineKind.THREADS,
                1,
                new TransferSettings(1, 1, 0, Duration.ofSeconds(1), false, Set.of(), null, false),
                1 << 20,
                Duration.ofSeconds(1),
                0,
                true,
                Bounds.NONE,
                Path.of("/out/.imgpipe"),
                null);
    }

    /** By a hash like that of String, each "Aa" meets a "BB", and all of them hide the real one. */
    @Test
    void findsACollisionAmongManyNamesThatAreAlike() throws Exception {
        for (int i = 1000; i < 3000; i++) {
            Files.createFile(folder.resolve("Aa" + i + ".jpg"));
            Files.createFile(folder.resolve("BB" + i + ".jpg"));
        }
        Files.createFile(folder.resolve("z.jpg"));
        Files.createFile(folder.resolve("z.png"));
        JobSpec spec = spec();
        LedgerIndex none = LedgerIndex.read(folder.resolve("no-ledger"));
        Planner planner = new Planner(spec, "/out/", new FolderOutputs("/out/"), none, false);

        try (SourceScanner scanner = new SourceScanner(spec.input(), false, () -> false);
                CollisionCheck check = new CollisionCheck(planner, folder)) {
            scanner.scan(
                    new ScanListener() {
                        @Override
                        public void candidate(Candidate candidate) {
                            try {
                                check.add(candidate);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }

                        @Override
                        public void failed(String name, FailureKind kind, String sentence) {}

                        @Override
                        public void ignored() {}
                    });
            assertThatThrownBy(() -> check.require(scanner))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("would both become z.jpg");
        }
    }
}
