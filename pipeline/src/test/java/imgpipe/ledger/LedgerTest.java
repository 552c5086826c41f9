package imgpipe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.shard.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Output OUTPUT = new Output("a%20b.jpg", 100, 200, 4_000_000_000L, 6, 7);
    private static final LedgerEntry DONE =
            new LedgerEntry("a%20b.png", 10, 20, "0f", State.DONE, List.of(OUTPUT), null, null);
    private static final LedgerEntry FAILED =
            new LedgerEntry(
                    "a%20b.png",
                    10, 20, "0f", State.FAILED, List.of(), "CORRUPT", "it says \"no\"\n");

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }

    private void append(LedgerEntry... entries) throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            ledger.append(List.of(entries));
        }
    }

    /** With its line feed. */
    private static byte[] line(LedgerEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerFormat.write(entry, out);
        return out.toByteArray();
    }

    private static LedgerEntry entry(int number) {
        String name = number + ".jpg";
        List<Output> outputs = List.of(new Output(name, number, 2, 3, 4, 5));
        return new LedgerEntry(name, number, 1, "0f", State.DONE, outputs, null, null);
    }

    private boolean isDone() throws IOException {
        return LedgerIndex.read(file()).isDone("a%20b.png", 10, 20, "0f", List.of(OUTPUT));
    }

    @Test
    void writesALineOfJsonForEachEntry() throws IOException {
        append(DONE);
        assertThat(file())
                .hasContent(
                        "{\"name\":\"a%20b.png\",\"bytes\":10,\"modified\":20,\"work\":\"0f\",\"state\":\"done\","
                            + "\"outputs\":[{\"path\":\"a%20b.jpg\",\"bytes\":100,\"modified\":200,\"crc32c\":4000000000,\"width\":6,\"height\":7}],"
                            + "\"crc\":\"4900fea0\"}");
    }

    @Test
    void readsWhatItWrote() {
        for (LedgerEntry entry : List.of(DONE, FAILED)) {
            byte[] line = line(entry);
            assertThat(LedgerFormat.read(line, 0, line.length - 1)).isEqualTo(entry);
        }
    }

    @Test
    void knowsItsResultsByTheirNameSizeAndTime() throws IOException {
        append(DONE);
        LedgerIndex index = LedgerIndex.read(file());

        assertThat(index.isResultOfAnother(OUTPUT, "a%20b.jpg")).isTrue();
        assertThat(index.isResultOfAnother(OUTPUT, "a%20b.png")).isFalse();
        assertThat(index.isResultOfAnother(Output.there("a%20b.jpg", 101, 200), "x")).isFalse();
        assertThat(index.isResultOfAnother(Output.there("c.jpg", 100, 200), "x")).isFalse();
    }

    @Test
    void passesOverALineTornInTheMiddleOfALetter() throws IOException {
        Files.write(file(), new byte[] {'{', '"', 'm', '"', ':', '"', (byte) 0xC3});
        append(DONE);

        assertThat(isDone()).isTrue();
    }

    @Test
    void knowsNothingWithoutAFile() throws IOException {
        assertThat(LedgerIndex.read(file()).size()).isZero();
    }

    @Test
    void knowsWhetherAnythingWasEverDone() throws IOException {
        append(FAILED);
        assertThat(LedgerIndex.read(file()).hasDone()).isFalse();
        append(DONE, FAILED);
        assertThat(LedgerIndex.read(file()).hasDone()).isTrue();
    }

    @Test
    void isDoneOnlyIfNothingHasChanged() throws IOException {
        append(DONE);
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(isDone()).isTrue();
        assertThat(index.isDone("b.png", 10, 20, "0f", List.of(OUTPUT))).isFalse();
        assertThat(index.isDone("a%20b.png", 11, 20, "0f", List.of(OUTPUT))).isFalse();
        assertThat(index.isDone("a%20b.png", 10, 21, "0f", List.of(OUTPUT))).isFalse();
        assertThat(index.isDone("a%20b.png", 10, 20, "1f", List.of(OUTPUT))).isFalse();
        assertThat(
                        index.isDone(
                                "a%20b.png",
                                10, 20, "0f", List.of(Output.there("a%20b.jpg", 101, 200))))
                .isFalse();
        assertThat(
                        index.isDone(
                                "a%20b.png",
                                10, 20, "0f", List.of(Output.there("a%20b.jpg", 100, 201))))
                .isFalse();
        assertThat(
                        index.isDone(
                                "a%20b.png",
                                10, 20, "0f", List.of(Output.there("c.jpg", 100, 200))))
                .isFalse();
        assertThat(index.isDone("a%20b.png", 10, 20, "0f", List.of())).isFalse();
    }

    @Test
    void letsTheLastWordCount() throws IOException {
        append(DONE, FAILED);
        assertThat(isDone()).isFalse();
        append(DONE);
        assertThat(isDone()).isTrue();
    }

    @Test
    void keepsAPictureInQuarantineUntilItChanges() throws IOException {
        append(
                new LedgerEntry(
                        "bad.jpg", 1, 2, "0f", State.QUARANTINED, List.of(), "TIMEOUT", "twice"));
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.quarantine("bad.jpg", 1, 2, "0f")).contains(FailureKind.TIMEOUT);
        assertThat(index.quarantine("bad.jpg", 1, 3, "0f")).isEmpty();
        assertThat(index.quarantine("good.jpg", 1, 2, "0f")).isEmpty();
        assertThat(index.isDone("bad.jpg", 1, 2, "0f", List.of())).isFalse();
    }

    @Test
    void toleratesALineTornAtAnyByte() throws IOException {
        byte[] line = line(FAILED);
        for (int cut = 1; cut < line.length - 1; cut++) {
            Files.deleteIfExists(file());
            append(DONE);
            Files.write(file(), java.util.Arrays.copyOf(line, cut), StandardOpenOption.APPEND);
            assertThat(isDone()).as("torn after %d bytes", cut).isTrue();
            append(DONE);
            assertThat(Files.readAllLines(file())).as("torn after %d bytes", cut).hasSize(2);
            assertThat(isDone()).isTrue();
        }
    }

    @Test
    void passesOverLinesThatAreNone() throws IOException {
        Files.writeString(file(), "\n[]\nnull\n{\"name\":1}\n{}\nhello\n{\"state\":\"perhaps\"}\n");
        append(DONE);
        assertThat(isDone()).isTrue();
        assertThat(LedgerIndex.read(file()).size()).isEqualTo(1);
    }

    @Test
    void knowsAResultThatAnIntentionWouldReplace() throws IOException {
        Output next = Output.there("a%20b.jpg", 101, 300);
        append(DONE);
        append(
                new LedgerEntry(
                        "a%20b.png", 11, 21, "0f", State.INTENDED, List.of(next), null, null));
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.isResultOfAnother(OUTPUT, "a%20b.jpg")).isTrue();
        assertThat(index.isResultOfAnother(next, "a%20b.jpg")).isTrue();
        assertThat(index.isDone("a%20b.png", 11, 21, "0f", List.of(next))).isTrue();
        assertThat(index.isDone("a%20b.png", 11, 21, "0f", List.of(OUTPUT))).isFalse();
    }

    @Test
    @Timeout(60)
    void keepsTheLinesOfManyThreadsApart() throws Exception {
        try (Ledger ledger = Ledger.open(file());
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 50;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = first; i < first + 50; i++) {
                                        ledger.append(List.of(entry(i)));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.size()).isEqualTo(400);
        assertThat(index.damaged()).isZero();
    }

    @Test
    void holdsManySources() throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(entry(i));
        }
        append(entries.toArray(LedgerEntry[]::new));
        LedgerIndex index = LedgerIndex.read(file());
        assertThat(index.size()).isEqualTo(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(
                            index.isDone(
                                    i + ".jpg",
                                    i,
                                    1,
                                    "0f",
                                    List.of(Output.there(i + ".jpg", i, 2))))
                    .isTrue();
            assertThat(
                            index.isDone(
                                    i + ".jpg",
                                    i + 1,
                                    1,
                                    "0f",
                                    List.of(Output.there(i + ".jpg", i, 2))))
                    .isFalse();
        }
    }
}
