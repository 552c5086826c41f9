package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Limits;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.transfer.Prefetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    @TempDir private Path folder;

    @Test
    void handsOutEveryShardInOrderWhateverBecomesOfTheirFiles() throws IOException {
        // One source is there, one is empty, one is gone, one is a folder.
        Files.writeString(folder.resolve("0"), "x".repeat(10_000));
        Files.createFile(folder.resolve("1"));
        Files.createDirectory(folder.resolve("3"));
        try (TaskSpool spool = new TaskSpool(folder.resolve("tasks"));
                Prefetcher prefetcher = new Prefetcher(2)) {
            for (int i = 0; i < 300; i++) {
                Path source = folder.resolve(Integer.toString(i % 4));
                spool.add(
                        new Task(
                                i,
                                "n",
                                source.toUri().getRawPath(),
                                i % 4 == 1 ? 0 : 10_000,
                                1,
                                List.of(new Rendition("/out/x", "jpeg"))));
            }
            ReadAhead shards =
                    new ReadAhead(
                            new ShardPlanner(3, Limits.DEFAULT, "/tmp/", spool), prefetcher, 3);
            List<Long> ids = new ArrayList<>();
            for (Shard shard = shards.next(); shard != null; shard = shards.next()) {
                shard.tasks().forEach(task -> ids.add(task.id()));
            }
            assertThat(ids).hasSize(300).isSorted().doesNotHaveDuplicates();
            assertThat(shards.next()).isNull();
        }
    }
}
