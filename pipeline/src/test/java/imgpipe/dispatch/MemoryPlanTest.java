package imgpipe.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Footprint;
import imgpipe.shard.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final long USUAL = 100_000_000;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "4, 2", "8, 16", "64, 64", "512, 256"})
    void partsAreNoMoreThanTheMachine(long gib, int workers) {
        MemoryPlan plan = MemoryPlan.of(gib * GIB, workers, 0, USUAL);
        assertThat(plan.coordinator() + plan.pageCache() + workers * plan.share(workers))
                .isLessThanOrEqualTo(gib * GIB)
                .isGreaterThan(gib * GIB - workers);
    }

    @Test
    void halfOfAShareIsHeapButNoMoreThanTheLargestPictureFills() {
        // 4096 - 384 - 409.6 MiB for four: 825.6 each, of which the JVM has 112.
        Footprint small = MemoryPlan.of(4 * GIB, 4, 0, USUAL).budget(4).own();
        assertThat(small.heap()).isBetween(356 * MIB, 357 * MIB);
        assertThat(small.offHeap()).isBetween(356 * MIB, 357 * MIB);
        Footprint large = MemoryPlan.of(64 * GIB, 4, 0, 10_000_000).budget(4).own();
        assertThat(large.heap()).isEqualTo(64 * MIB + 120_000_000);
        assertThat(large.offHeap()).isGreaterThan(13 * GIB);
    }

    @Test
    void whatTheUserGrantsAWorkerIsItsShareAndAllHaveThatTogether() {
        MemoryPlan plan = MemoryPlan.of(4 * GIB, 2, 300 * MIB, USUAL);
        assertThat(plan.share(2)).isEqualTo(300 * MIB);
        assertThat(plan.share(1)).isEqualTo(600 * MIB);
        MemoryBudget budget = plan.budget(2);
        assertThat(budget.own().total()).isEqualTo(188 * MIB);
        assertThat(budget.alone().total()).isEqualTo(488 * MIB);
        assertThat(plan.budget(1).own()).isEqualTo(budget.alone());
    }

    @Test
    void aSmallMachineHasFewWorkers() {
        assertThat(MemoryPlan.mostWorkers(512 * MIB)).isEqualTo(1);
        // 2048 - 384 - 204.8 = 1459.2 MiB, three times 384 and some more.
        assertThat(MemoryPlan.mostWorkers(2 * GIB)).isEqualTo(3);
        assertThat(MemoryPlan.mostWorkers(256 * GIB)).isGreaterThan(500);
    }

    @Test
    void eachWorkerHasMoreTheFewerThereAre() {
        MemoryPlan plan = MemoryPlan.of(8 * GIB, 8, 0, USUAL);
        for (int workers = 8; workers > 1; workers /= 2) {
            assertThat(plan.budget(workers).own().fitsInto(plan.budget(workers / 2).own()))
                    .isTrue();
        }
    }
}
