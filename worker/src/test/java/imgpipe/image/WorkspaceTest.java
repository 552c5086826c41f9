package imgpipe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private static final long MIB = 1 << 20;

    @Test
    void usesAgainWhatWasReleased() {
        try (Workspace workspace = new Workspace()) {
            MemorySegment kept = workspace.allocate(3 * MIB);
            kept.fill((byte) 7);
            Workspace.Mark mark = workspace.mark();
            for (int i = 0; i < 9; i++) {
                workspace.allocate((1 + i) * MIB).fill((byte) i);
                workspace.allocate(MIB).fill((byte) i);
                workspace.release(mark);
            }
            assertThat(workspace.capacity()).isLessThan((3 + 9 + 1 + 1 + 1) * MIB);
            assertThat(kept.get(ValueLayout.JAVA_BYTE, 3 * MIB - 1)).isEqualTo((byte) 7);
        }
    }

    @Test
    void staysFlatAfterTheLargestPicture() {
        try (Workspace workspace = new Workspace()) {
            long flat = 0;
            for (int picture = 0; picture < 5; picture++) {
                workspace.reset();
                workspace.allocate(5 * MIB);
                Workspace.Mark mark = workspace.mark();
                for (int i = 0; i < 9; i++) {
                    workspace.allocate((9 - i) * MIB);
                    workspace.allocate(i * MIB);
                    workspace.release(mark);
                }
                if (picture == 1) {
                    flat = workspace.capacity();
                } else if (picture > 1) {
                    assertThat(workspace.capacity()).isEqualTo(flat);
                }
            }
            assertThat(flat).isLessThan((5 + 9 + 9) * MIB);
        }
    }

    @Test
    void takesNoMoreThanItIsAllowed() {
        try (Workspace workspace = new Workspace()) {
            workspace.bound(10 * MIB);
            workspace.allocate(6 * MIB);
            assertThatThrownBy(() -> workspace.allocate(5 * MIB))
                    .isInstanceOfSatisfying(
                            WorkspaceFullException.class,
                            full -> assertThat(full.wanted()).isBetween(11 * MIB, 12 * MIB));
            workspace.allocate(3 * MIB);
            workspace.reset();
            workspace.allocate(9 * MIB);
            assertThat(workspace.capacity()).isLessThanOrEqualTo(10 * MIB);
        }
    }

    @Test
    void doesNotKeepASmallBlockBesideALargeOneThatIsUsedInstead() {
        try (Workspace workspace = new Workspace()) {
            workspace.allocate(6 * MIB);
            workspace.reset();
            workspace.allocate(7 * MIB);
            assertThat(workspace.capacity()).isLessThan(8 * MIB);
        }
    }

    @Test
    void returnsWhatOneLargePictureTookWhenManySmallOnesFollow() {
        try (Workspace workspace = new Workspace()) {
            workspace.allocate(300 * MIB);
            int pictures = 0;
            while (!workspace.reset()) {
                workspace.allocate(20 * MIB);
                assertThat(++pictures).isLessThan(100);
            }
            assertThat(workspace.capacity()).isZero();
            assertThat(pictures).isGreaterThan(30);
        }
    }

    @Test
    void keepsWhatEveryOtherPictureTakes() {
        try (Workspace workspace = new Workspace()) {
            for (int picture = 0; picture < 200; picture++) {
                workspace.allocate(picture % 2 == 0 ? 150 * MIB : MIB);
                assertThat(workspace.reset()).isFalse();
            }
        }
    }

    /** What is in use is never handed out again, however marks are nested. */
    @Test
    void keepsWhatIsInUse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Workspace workspace = new Workspace()) {
            List<MemorySegment> parts = new ArrayList<>();
            List<Workspace.Mark> marks = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int choice = random.nextInt(10);
                if (choice == 0) {
                    marks.add(workspace.mark());
                    counts.add(parts.size());
                } else if (choice == 1 && !marks.isEmpty()) {
                    workspace.release(marks.removeLast());
                    parts.subList(counts.removeLast(), parts.size()).clear();
                } else if (choice == 2 && i % 7 == 0) {
                    workspace.reset();
                    parts.clear();
                    marks.clear();
                    counts.clear();
                } else {
                    MemorySegment part = workspace.allocate(random.nextInt(400_000));
                    part.fill((byte) parts.size());
                    parts.add(part);
                }
                if (i % 20 == 0) {
                    for (int k = 0; k < parts.size(); k++) {
                        MemorySegment expected =
                                MemorySegment.ofArray(new byte[(int) parts.get(k).byteSize()]);
                        expected.fill((byte) k);
                        assertThat(parts.get(k).mismatch(expected))
                                .as("seed %d", seed)
                                .isNegative();
                    }
                }
            }
        }
    }
}
