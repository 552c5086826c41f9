package imgpipe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputOwnersTest {
    @TempDir private Path folder;

    private static LedgerEntry entry(String name, State state, String... outputs) {
        return new LedgerEntry(
                name,
                1,
                2,
                "work",
                state,
                Stream.of(outputs).map(path -> new Output(path, 10, 3, 4, 5, 6)).toList(),
                null,
                null);
    }

    private OutputOwners owners(LedgerEntry... entries) throws IOException {
        return owners(_ -> true, entries);
    }

    private OutputOwners owners(Predicate<Output> isThere, LedgerEntry... entries)
            throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.append(List.of(entries));
        }
        try (LastWords words = LastWords.open(file)) {
            return OutputOwners.read(words, isThere, () -> false);
        }
    }

    @Test
    void givesAFileToTheLastSourceThatNamesIt() throws IOException {
        LedgerEntry first = entry("a.jpg", State.DONE, "a.webp");
        LedgerEntry second = entry("a.png", State.DONE, "a.webp", "b.webp");

        OutputOwners owners = owners(first, second);

        assertThat(owners.isOwner(first, "a.webp")).isFalse();
        assertThat(owners.isOwner(second, "a.webp")).isTrue();
        assertThat(owners.isOwned("b.webp")).isTrue();
        assertThat(owners.isOwned("c.webp")).isFalse();
        assertThat(owners.size()).isEqualTo(2);
    }

    @Test
    void forgetsWhatALaterWordDoesNotName() throws IOException {
        OutputOwners owners =
                owners(entry("a.jpg", State.DONE, "a.jpg"), entry("a.jpg", State.FAILED));

        assertThat(owners.isOwned("a.jpg")).isFalse();
        assertThat(owners.size()).isZero();
    }

    @Test
    void keepsAResultThatAnIntentionHasNotReplaced() throws IOException {
        LedgerEntry done = entry("a.jpg", State.DONE, "a.jpg");
        LedgerEntry intended = entry("a.jpg", State.INTENDED, "a.jpg", "a.webp");

        OutputOwners owners = owners(_ -> false, done, intended);

        assertThat(owners.isOwner(done, "a.jpg")).isTrue();
        assertThat(owners.isOwner(intended, "a.jpg")).isFalse();
        assertThat(owners.isOwned("a.webp")).isFalse();
        assertThat(owners.size()).isEqualTo(1);
    }

    @Test
    void believesAnIntentionAfterAResult() throws IOException {
        LedgerEntry done = entry("a.jpg", State.DONE, "a.jpg");
        LedgerEntry intended = entry("a.jpg", State.INTENDED, "a.jpg");

        OutputOwners owners = owners(done, intended);

        assertThat(owners.isOwner(done, "a.jpg")).isFalse();
        assertThat(owners.isOwner(intended, "a.jpg")).isTrue();
        assertThat(owners.size()).isEqualTo(1);
    }
}
