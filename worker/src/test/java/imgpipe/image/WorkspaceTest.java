package imgpipe.image;

import static org.assertj.core.api.Assertions.assertThat;

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
