package imgpipe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final int SOURCES = 3000;

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }

    private static LedgerEntry entry(int source, long size, State state) {
        Output output = new Output(source + ".jpg", size, 2, 3, 4, 5);
        return new LedgerEntry(source + ".png", 1, size, "0f", state, List.of(output), null, null);
    }

    private void append(long size, State state) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int source = 0; source < SOURCES; source++) {
            entries.add(entry(source, size, state));
        }
        try (Ledger ledger = Ledger.open(file())) {
            ledger.append(entries);
        }
    }

    private boolean isDue() throws IOException {
        return Compaction.isDue(LedgerIndex.read(file()), file());
    }

    private static boolean isDone(LedgerIndex index, int source, long size) {
        return index.isDone(
                source + ".png", 1, size, "0f", List.of(Output.there(source + ".jpg", size, 2)));
    }

    @Test
    void isDueWhenMoreThanHalfIsSuperseded() throws IOException {
        append(10, State.DONE);
        append(20, State.DONE);
        assertThat(isDue()).isFalse();
        append(30, State.DONE);
        assertThat(isDue()).isTrue();

        Compaction.compact(file());

        assertThat(isDue()).isFalse();
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.lines()).isEqualTo(SOURCES);
        for (int source = 0; source < SOURCES; source++) {
            assertThat(isDone(index, source, 30)).isTrue();
            assertThat(isDone(index, source, 20)).isFalse();
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(file()));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void leavesASmallLedgerAlone() throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            for (int i = 0; i < 5; i++) {
                ledger.append(List.of(entry(1, i, State.DONE)));
            }
        }
        assertThat(isDue()).isFalse();
    }

    @Test
    void dropsDamagedLines() throws IOException {
        append(10, State.DONE);
        Files.writeString(file(), "damaged\n", StandardOpenOption.APPEND);
        assertThat(isDue()).isTrue();

        Compaction.compact(file());

        assertThat(isDue()).isFalse();
        assertThat(LedgerIndex.read(file()).lines()).isEqualTo(SOURCES);
    }

    @Test
    void keepsWhatAnIntentionHasNotReplaced() throws IOException {
        append(10, State.DONE);
        append(20, State.DONE);
        append(30, State.INTENDED);

        Compaction.compact(file());

        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.lines()).isEqualTo(2 * SOURCES);
        assertThat(index.isResultOfAnother(Output.there("7.jpg", 20, 2), "7.jpg")).isTrue();
        assertThat(index.isResultOfAnother(Output.there("7.jpg", 30, 2), "7.jpg")).isTrue();
        assertThat(index.isResultOfAnother(Output.there("7.jpg", 10, 2), "7.jpg")).isFalse();
    }

    @Test
    void keepsResultsThatLaterOnesHaveNotReplaced() throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String path : List.of("a-100.jpg", "a-80.jpg", "a-80.jpg")) {
            Output output = new Output(path, entries.size(), 2, 3, 4, 5);
            entries.add(
                    new LedgerEntry("a.jpg", 1, 2, path, State.DONE, List.of(output), null, null));
        }
        entries.add(
                new LedgerEntry("a.jpg", 1, 2, "0f", State.FAILED, List.of(), "CORRUPT", "it is"));
        try (Ledger ledger = Ledger.open(file())) {
            ledger.append(entries);
        }

        Compaction.compact(file());

        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.lines()).isEqualTo(3);
        assertThat(index.isResultOfAnother(Output.there("a-100.jpg", 0, 2), "a-100.jpg")).isTrue();
        assertThat(index.isResultOfAnother(Output.there("a-80.jpg", 1, 2), "a-80.jpg")).isFalse();
        assertThat(index.isResultOfAnother(Output.there("a-80.jpg", 2, 2), "a-80.jpg")).isTrue();
        assertThat(index.lines()).isLessThanOrEqualTo(2 * index.lasting());
    }

    @Test
    void isUndoneByNothingThatAKilledOneLeft() throws IOException {
        append(10, State.DONE);
        Files.writeString(Compaction.newFile(file()), "half of a li");

        Compaction.compact(file());
        assertThat(LedgerIndex.read(file()).lines()).isEqualTo(SOURCES);
        Files.writeString(Compaction.newFile(file()), "half of a li");
        Ledger.open(file()).close();

        assertThat(Compaction.newFile(file())).doesNotExist();
    }

    @Test
    void isNotDueWithoutALedger() throws IOException {
        assertThat(isDue()).isFalse();
    }
}
