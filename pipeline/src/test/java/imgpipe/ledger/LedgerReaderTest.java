package imgpipe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReaderTest {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }

    private static LedgerEntry entry(String name, long bytes) {
        Output output = new Output(name, 5, 6, 7, 8, 9);
        return new LedgerEntry(name, bytes, 1, "0f", State.DONE, List.of(output), null, null);
    }

    private void append(LedgerEntry... entries) throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            ledger.append(List.of(entries));
        }
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(file())) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                names.add(line.entry().name());
            }
        }
        return names;
    }

    private long damaged() throws IOException {
        return LedgerIndex.read(file()).damaged();
    }

    @Test
    void tellsWhereEachLineIs() throws IOException {
        append(entry("a", 1), entry("ü", 2), entry("c", 3));
        byte[] all = Files.readAllBytes(file());
        try (LedgerReader reader = LedgerReader.open(file())) {
            int count = 0;
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                int begin = (int) line.offset();
                assertThat(LedgerFormat.read(all, begin, line.length())).isEqualTo(line.entry());
                assertThat(all[begin + line.length()]).isEqualTo((byte) '\n');
                count++;
            }
            assertThat(count).isEqualTo(3);
            assertThat(reader.lines()).isEqualTo(3);
        }
    }

    @Test
    void believesNoLineWithAFlippedBit() throws IOException {
        append(entry("a", 1), entry("b", 2), entry("c", 3));
        byte[] good = Files.readAllBytes(file());
        int begin = good.length / 3;
        for (int at = begin; at < 2 * begin - 1; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(file(), bad);
            assertThat(names()).as("bit %d of byte %d", at % 8, at).containsExactly("a", "c");
            assertThat(damaged()).isBetween(1L, 2L);
        }
    }

    @Test
    void believesNoLineWithoutItsChecksum() throws IOException {
        Files.writeString(
                file(),
                "{\"name\":\"a\",\"bytes\":1,\"modified\":2,\"work\":\"0f\",\"state\":\"done\"}\n");
        assertThat(names()).isEmpty();
        assertThat(damaged()).isEqualTo(1);
    }

    @Test
    void countsNoTornLastLine() throws IOException {
        append(entry("a", 1), entry("b", 2));
        byte[] whole = Files.readAllBytes(file());
        for (int cut = whole.length / 2 + 1; cut < whole.length; cut++) {
            Files.write(file(), Arrays.copyOf(whole, cut));
            assertThat(names()).as("cut after %d bytes", cut).containsExactly("a");
            assertThat(damaged()).isZero();
        }
    }

    @Test
    void passesOverZerosThatAPowerLossLeaves() throws IOException {
        append(entry("a", 1));
        Files.write(file(), new byte[5000], StandardOpenOption.APPEND);
        assertThat(names()).containsExactly("a");
        Files.write(file(), new byte[] {'\n'}, StandardOpenOption.APPEND);
        append(entry("b", 1));
        assertThat(names()).containsExactly("a", "b");
        assertThat(damaged()).isEqualTo(1);
    }

    @Test
    void passesOverAnEndlessLine() throws IOException {
        append(entry("a", 1));
        byte[] long9 = new byte[9 << 20];
        Arrays.fill(long9, (byte) 'x');
        long9[long9.length - 1] = '\n';
        Files.write(file(), long9, StandardOpenOption.APPEND);
        append(entry("b", 2));
        assertThat(names()).containsExactly("a", "b");
        assertThat(damaged()).isEqualTo(1);
    }

    @Test
    void readsLinesThatAreLongerThanItsBuffer() throws IOException {
        String longName = "n".repeat(200_000);
        append(entry("a", 1), entry(longName, 2), entry("b", 3));
        assertThat(names()).containsExactly("a", longName, "b");
    }

    @Test
    void findsNothingWithoutAFile() throws IOException {
        assertThat(names()).isEmpty();
        try (LastWords words = LastWords.open(file())) {
            assertThat(words.next()).isNull();
        }
    }

    @Test
    void givesTheLastWordOnEachSourceInTheLedgersOrder() throws IOException {
        append(entry("a", 1), entry("b", 2), entry("a", 3), entry("c", 4), entry("b", 5));
        Files.write(
                file(), "not ours\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        append(entry("d", 6));
        List<Long> sizes = new ArrayList<>();
        try (LastWords words = LastWords.open(file())) {
            for (LedgerLine line = words.next(); line != null; line = words.next()) {
                sizes.add(line.entry().bytes());
            }
            assertThat(words.size()).isEqualTo(4);
            assertThat(words.damaged()).isEqualTo(1);
        }
        assertThat(sizes).containsExactly(3L, 4L, 5L, 6L);
    }
}
