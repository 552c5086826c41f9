package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Limits;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardPlannerTest {
    @TempDir private Path folder;

    private List<Shard> shards(int workers, long... sizes) throws IOException {
        List<Shard> shards = new ArrayList<>();
        try (TaskSpool spool = new TaskSpool(folder.resolve("tasks"))) {
            for (int i = 0; i < sizes.length; i++) {
                spool.add(task(i, sizes[i]));
            }
            ShardPlanner planner = new ShardPlanner(workers, Limits.DEFAULT, "/tmp/", spool);
            for (Shard shard = planner.next(); shard != null; shard = planner.next()) {
                shards.add(shard);
            }
        }
        return shards;
    }

    private static Task task(long id, long bytes) {
        return new Task(
                id,
                "a/" + id + ".jpg",
                "/in/a/" + id + ".jpg",
                bytes,
                5,
                List.of(new Rendition("/out/x", "jpeg")));
    }

    @Test
    void givesEveryTaskOnceAndInOrder() throws IOException {
        Random random = new Random(7);
        long[] sizes = random.longs(5000, 0, 20_000_000).toArray();
        List<Long> ids =
                shards(2, sizes).stream()
                        .flatMap(shard -> shard.tasks().stream())
                        .map(Task::id)
                        .toList();
        assertThat(ids).hasSize(5000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keepsWhatATaskSays() throws IOException {
        assertThat(shards(1, 9).getFirst().tasks()).containsExactly(task(0, 9));
    }

    @Test
    void hasNoShardWithoutTasks() throws IOException {
        assertThat(shards(4)).isEmpty();
    }

    @Test
    void makesShardsSmallerNearTheEnd() throws IOException {
        long[] sizes = new long[400];
        java.util.Arrays.fill(sizes, 4_000_000);
        List<Shard> shards = shards(2, sizes);
        // The first is a sixteenth of all: 400 / (2 workers * 8) = 25.
        assertThat(shards.getFirst().tasks()).hasSize(25);
        assertThat(shards.getLast().tasks()).hasSize(1);
        assertThat(shards).isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
        assertThat(shards).hasSizeBetween(30, 100);
    }

    @Test
    void putsOneHugePictureIntoAShardOfItsOwn() throws IOException {
        List<Shard> shards = shards(2, 500_000_000, 1, 1, 1);
        assertThat(shards.getFirst().tasks()).hasSize(1);
    }

    @Test
    void letsNoShardGrowBeyondWhatAFrameHolds() throws IOException {
        assertThat(shards(1, new long[1000]))
                .allSatisfy(shard -> assertThat(shard.tasks()).hasSizeLessThanOrEqualTo(64));
    }
}
