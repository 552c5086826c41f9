package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import imgpipe.ledger.Ledger;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerLookup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} finds each fault that was planted, and nothing else. */
@Timeout(120)
class VerifyIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
    }

    private void run(String... command) throws Exception {
        String[] threads = Arrays.copyOf(command, command.length + 2);
        threads[command.length] = "--engine";
        threads[command.length + 1] = "threads";
        Ended run = place.imgpipe(threads);
        assertThat(run.code()).as(run.error()).isZero();
    }

    @Test
    void findsEachPlantedFaultAndNothingElse() throws Exception {
        for (String name : "abcdefgh".split("")) {
            place.picture("in/sub%20%C3%BC/" + name + ".jpg", 300, 200);
        }
        run("resize", "in", "out", "--size", "90", "--name", "{dir}ü[{stem}]%.{ext}");
        assertThat(place.imgpipe("verify", "out").output()).startsWith("8 of 8 outputs intact; ");
        String base = "out/sub%20%C3%BC/%C3%BC%5B";
        Files.delete(place.file(base + "a%5D%25.jpg"));
        byte[] whole = Files.readAllBytes(place.file(base + "b%5D%25.jpg"));
        Files.write(place.file(base + "b%5D%25.jpg"), Arrays.copyOf(whole, whole.length - 1));
        whole[whole.length / 2] ^= 4;
        Files.write(place.file(base + "c%5D%25.jpg"), whole);
        Files.delete(place.file(base + "d%5D%25.jpg"));
        Files.createSymbolicLink(
                place.file(base + "d%5D%25.jpg"), place.file("in/sub%20%C3%BC/d.jpg"));
        Files.createDirectory(place.file("out/new%0Aline"));
        Files.writeString(place.file("out/new%0Aline/notes.txt"), "whose is this?");

        Ended text = place.imgpipe("verify", "out");
        Ended json = place.imgpipe("verify", "out", "--json");

        assertThat(text.code()).as(text.error()).isEqualTo(3);
        assertThat(text.output().lines())
                .hasSize(7)
                .startsWith(
                        "missing: sub ü/ü[a]%.jpg",
                        "torn: sub ü/ü[b]%%.jpg: %,d bytes, not %,d"
                                .formatted(whole.length - 1, whole.length),
                        "changed: sub ü/ü[c]%.jpg: another checksum",
                        "changed: sub ü/ü[d]%.jpg: it is no regular file",
                        "foreign: new\\nline/notes.txt")
                .endsWith(
                        "delete what is torn, changed or undecodable and run the same command"
                                + " again: it makes that anew, and what is missing");
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.json("outputs")).isEqualTo(8);
        assertThat(json.json("intact")).isEqualTo(4);
        assertThat(json.json("missing")).isEqualTo(1);
        assertThat(json.json("torn")).isEqualTo(1);
        assertThat(json.json("changed")).isEqualTo(2);
        assertThat(json.json("foreign")).isEqualTo(1);
        assertThat(json.json("exitCode")).isEqualTo(3);

        // A run mends what it has made; what is not its own stays.
        run("resize", "in", "out", "--size", "90", "--name", "{dir}ü[{stem}]%.{ext}");
        assertThat(place.imgpipe("verify", "out", "-q").code()).isEqualTo(3);
        Files.delete(place.file("out/new%0Aline/notes.txt"));
        Ended last = place.imgpipe("verify", "out");
        assertThat(last.code()).as(last.output()).isZero();
    }

    @Test
    void decodesInWorkersWhatIsIntact() throws Exception {
        for (String name : "abcd".split("")) {
            place.picture("in/" + name + ".jpg", 300, 200);
        }
        run("convert", "in", "out", "--to", "png");
        // A picture that was written so, as its ledger says, and yet is none.
        byte[] damaged = Files.readAllBytes(place.file("out/b.png"));
        Arrays.fill(damaged, damaged.length / 2, damaged.length - 20, (byte) 0);
        Files.write(place.file("out/b.png"), damaged);
        CRC32C crc = new CRC32C();
        crc.update(damaged);
        Path ledger = place.file("out/.imgpipe/ledger.jsonl");
        LedgerEntry entry;
        try (LedgerLookup words = LedgerLookup.open(ledger)) {
            entry = words.find("b.jpg").orElseThrow();
        }
        Output output = entry.outputs().getFirst();
        try (Ledger open = Ledger.open(ledger)) {
            open.append(
                    List.of(
                            new LedgerEntry(
                                    entry.name(),
                                    entry.bytes(),
                                    entry.modified(),
                                    entry.work(),
                                    entry.state(),
                                    List.of(
                                            new Output(
                                                    output.path(),
                                                    output.bytes(),
                                                    output.modified(),
                                                    crc.getValue(),
                                                    output.width(),
                                                    output.height())),
                                    null,
                                    null)));
        }

        Files.setLastModifiedTime(place.file("out/a.png"), FileTime.fromMillis(1_000_000));

        Ended read = place.imgpipe("verify", "out");
        Ended decoded = place.imgpipe("verify", "out", "--decode", "-j", "2");

        assertThat(read.code()).as(read.output()).isZero();
        assertThat(decoded.code()).as(decoded.error()).isEqualTo(3);
        assertThat(decoded.output().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("undecodable: b.png: "))
                .anyMatch(line -> line.startsWith("3 of 4 outputs intact, 1 undecodable"))
                .anyMatch(line -> line.startsWith("delete what is "));
        assertThat(place.temporary("out")).isEmpty();
    }

    @Test
    void callsNoSourceForeignAndNoFileOfTheRun() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        place.picture("in/deep/b.jpg", 300, 200);
        Files.writeString(place.file("in/notes.txt"), "mine");
        run("convert", "in", "in", "--in-place", "--to", "png");
        run("resize", "in/deep", "out", "--manifest", "out/list.json", "--job-dir", "out/job");

        Ended inPlace = place.imgpipe("verify", "in");
        Ended manifest = place.imgpipe("verify", "out", "--job-dir", "out/job");

        assertThat(inPlace.output()).startsWith("2 of 2 outputs intact; ");
        assertThat(manifest.output()).startsWith("2 of 2 outputs intact; ");
    }

    @Test
    void leavesAFileToItsLastSourceAndAnOldOutputToNobody() throws Exception {
        Path a = place.picture("in/a.jpg", 300, 200);
        Path b = place.picture("in/b.jpg", 300, 200);
        run("convert", "in", "out", "--to", "webp");
        Files.delete(a);
        place.picture("in/a.png", 200, 300);
        run("convert", "in", "out", "--to", "webp");
        assertThat(place.imgpipe("verify", "out").output()).startsWith("2 of 2 outputs intact; ");
        Files.write(b, Arrays.copyOf(Files.readAllBytes(b), 2000));
        place.imgpipe("convert", "in", "out", "--to", "webp", "--engine", "threads");

        Ended verify = place.imgpipe("verify", "out");

        assertThat(verify.output())
                .startsWith("foreign: b.webp\n1 of 1 output intact, 1 foreign; ");
    }

    @Test
    void waitsForNoRunAndKnowsWhereThereWasNone() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        run("resize", "in", "out");
        try (FileChannel channel =
                        FileChannel.open(
                                place.file("out/.imgpipe/lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Ended busy = place.imgpipe("verify", "out");

            assertThat(lock.isValid()).isTrue();
            assertThat(busy.code()).isEqualTo(75);
            // The run that had it before is over, so that nobody is named.
            assertThat(busy.error()).contains("a run has ").hasLineCount(1);
        }

        Ended none = place.imgpipe("verify", "in");

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.error()).contains("no run has left a ledger").hasLineCount(1);
    }

    @Test
    void doesNotCallGoodWhatADamagedLedgerMayHaveNamed() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        run("resize", "in", "out");
        Files.writeString(
                place.file("out/.imgpipe/ledger.jsonl"), "damaged\n", StandardOpenOption.APPEND);

        Ended verify = place.imgpipe("verify", "out");

        assertThat(verify.output()).startsWith("1 of 1 output intact; ");
        assertThat(verify.code()).isEqualTo(3);
    }
}
