package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import imgpipe.ledger.Ledger;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.ledger.LedgerLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In place no picture is encoded twice, and no result is taken for a source. */
@Timeout(120)
class InPlaceIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
        place.picture("p/a.jpg", 300, 200);
    }

    private Ended run(String verb, String... options) throws Exception {
        String[] command = Arrays.copyOf(new String[] {verb, "p", "p", "--in-place"}, 8);
        command[4] = "--engine";
        command[5] = "threads";
        command[6] = "--json";
        command[7] = "--max-failures=9";
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return place.imgpipe(all);
    }

    private Path ledger() {
        return place.file("p/.imgpipe/ledger.jsonl");
    }

    private LedgerEntry lastWord() throws IOException {
        try (LedgerLookup words = LedgerLookup.open(ledger())) {
            return words.find("a.jpg").orElseThrow();
        }
    }

    private void say(LedgerEntry... entries) throws IOException {
        try (Ledger open = Ledger.open(ledger())) {
            open.append(List.of(entries));
        }
    }

    private static LedgerEntry failed(LedgerEntry word) {
        return new LedgerEntry(
                word.name(), 1, 2, "0f", State.FAILED, List.of(), "TRUNCATED", "it ends early");
    }

    /** As a run of this very work announces it. */
    private static LedgerEntry announced(LedgerEntry word) {
        return new LedgerEntry(
                word.name(),
                word.bytes(),
                word.modified(),
                word.work(),
                State.INTENDED,
                word.outputs(),
                null,
                null);
    }

    /** As a run of other work, which was killed before it replaced the picture. */
    private static LedgerEntry intended(LedgerEntry word) {
        Output output = new Output("a.jpg", 7, 8, 9, 10, 11);
        return new LedgerEntry(
                word.name(), 7, 8, "0f", State.INTENDED, List.of(output), null, null);
    }

    private void skips(Map<String, String> content, Ended run) throws IOException {
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("skipped")).as(run.output()).isEqualTo(1);
        assertThat(run.json("done")).isZero();
        assertThat(place.content("p")).isEqualTo(content);
        assertThat(lastWord().state()).isEqualTo(State.DONE);
    }

    @Test
    void knowsAResultThatOtherRunsHaveNotReplaced() throws Exception {
        assertThat(run("resize", "--size", "100").json("done")).isEqualTo(1);
        Map<String, String> made = place.content("p");
        say(intended(lastWord()));

        skips(made, run("resize", "--size", "100"));
        assertThat(run("resize", "--size", "50", "--max-file", "1").json("failed")).isEqualTo(1);
        skips(made, run("resize", "--size", "100"));
    }

    @Test
    void retriesNothingThatAKilledRunHasMade() throws Exception {
        run("resize", "--size", "100");
        Map<String, String> made = place.content("p");
        LedgerEntry word = lastWord();
        Files.delete(ledger());
        say(failed(word), announced(word));

        Ended retry = place.imgpipe("retry", "p", "--json", "--engine", "threads");

        skips(made, retry);
        assertThat(place.imgpipe("retry", "p").output()).startsWith("nothing to retry");
    }

    @Test
    void verifiesWhatLiesThereAgainstAllThatMayHaveBecomeOfIt() throws Exception {
        run("resize", "--size", "100");
        LedgerEntry word = lastWord();
        say(intended(word));

        Ended kept = place.imgpipe("verify", "p");
        Files.delete(ledger());
        say(intended(word));
        Ended source = place.imgpipe("verify", "p");
        say(announced(word));
        Ended made = place.imgpipe("verify", "p");

        assertThat(kept.output()).startsWith("1 of 1 output intact; ");
        assertThat(source.output()).startsWith("0 of 0 outputs intact; ");
        assertThat(made.output()).startsWith("1 of 1 output intact; ");
    }

    @Test
    void takesNoResultForASourceAfterTheLedgerWasRewritten() throws Exception {
        run("thumbs", "--sizes", "100");
        run("thumbs", "--sizes", "80");
        Files.writeString(ledger(), "damaged\n", StandardOpenOption.APPEND);
        Map<String, String> made = place.content("p");

        skips(made, run("thumbs", "--sizes", "80"));
        skips(made, run("thumbs", "--sizes", "80"));
    }
}
