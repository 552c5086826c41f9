package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollisionsTest {
    @TempDir private Path folder;

    @Test
    void findsTheSameInMemoryAndSpilled() throws IOException {
        Random random = new Random(3);
        long[] hashes = random.longs(2000, 0, 30_000).toArray();
        Set<Long> seen = new HashSet<>();
        Set<Long> expected = new HashSet<>();
        for (long hash : hashes) {
            if (!seen.add(hash)) {
                expected.add(hash);
            }
        }
        assertThat(expected).isNotEmpty();
        for (int memory : new int[] {1, 7, 100, 1999, 2000, 5000}) {
            try (Collisions collisions = new Collisions(folder, memory)) {
                for (long hash : hashes) {
                    collisions.add(hash);
                }
                assertThat(collisions.twice(10_000)).as("%d in memory", memory).isEqualTo(expected);
            }
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void findsNoneWhereThereIsNone() throws IOException {
        try (Collisions collisions = new Collisions(folder, 4)) {
            assertThat(collisions.twice(5)).isEmpty();
            for (long i = 0; i < 10; i++) {
                collisions.add(i);
            }
            assertThat(collisions.twice(5)).isEmpty();
        }
    }
}
