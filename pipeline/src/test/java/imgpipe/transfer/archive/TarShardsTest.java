package imgpipe.transfer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TarShardsTest {
    @TempDir private Path folder;
    private Path out = Path.of("out");
    private Path temporary = Path.of("tmp");

    @BeforeEach
    void makeFolders() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "picture", ""), content);
    }

    private Sample sample(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Sample(name, "s/" + name, 99, file(content), bytes.length, 0xab, 40, 30);
    }

    private List<String> members() throws IOException {
        List<String> members = new ArrayList<>();
        TarShards.members(
                out,
                (tar, name, bytes) -> {
                    if (!name.endsWith(".json")) {
                        members.add(tar.getFileName() + " " + name + " " + bytes);
                    }
                });
        return members;
    }

    @Test
    void publishesATarWhenItIsFullOrAtTheEnd() throws Exception {
        Sample a = sample("a.jpg", "aa");
        Sample b = sample("d.x/b.c.jpg", "b");
        Sample c = sample("%C3%BC%20%FF.jpg", "");
        try (TarShards shards = new TarShards(out, temporary, 2)) {
            shards.append(List.of(a));
            assertThat(shards.isFull()).isFalse();
            shards.append(List.of(b));
            assertThat(shards.isFull()).isTrue();
            assertThat(out).isEmptyDirectory();
            assertThatThrownBy(() -> shards.append(List.of(c)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(shards.target()).isEqualTo(out.resolve("00000.tar"));
            assertThat(shards.seal()).containsExactly(a, b);
            assertThat(out.resolve("00000.tar")).exists();
            shards.append(List.of(c));
            assertThat(shards.seal()).containsExactly(c);
            assertThat(shards.seal()).isEmpty();
        }
        assertThat(members())
                .containsExactly(
                        "00000.tar a.jpg 2",
                        "00000.tar d.x/b.c.jpg 1",
                        "00001.tar %C3%BC%20%FF.jpg 0");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void goesOnBehindTheHighestNumber() throws Exception {
        for (String name : List.of("00007.tar", "000009.tar", "x.tar", "00008.tar.tmp")) {
            Files.write(out.resolve(name), new Tars().ended());
        }
        try (TarShards shards = new TarShards(out, temporary, 1)) {
            shards.append(List.of(sample("a.jpg", "a")));
            Files.write(out.resolve("00008.tar"), new Tars().ended());
            shards.seal();
        }
        assertThat(members()).containsExactly("00009.tar a.jpg 1");
    }

    @Test
    void writesTheSameBytesAgain() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (TarShards shards = new TarShards(out, temporary, 9)) {
                shards.append(List.of(sample("a.jpg", "a")));
                shards.append(List.of(sample("long/" + "x".repeat(300) + ".jpg", "b")));
                shards.seal();
            }
        }
        assertThat(out.resolve("00000.tar")).hasSameBinaryContentAs(out.resolve("00001.tar"));
    }

    @Test
    void leavesNothingOfASampleThatCannotBeAppended() throws Exception {
        Sample good = sample("good.jpg", "x".repeat(100_000));
        Path file = file("y".repeat(100_000));
        try (TarShards shards = new TarShards(out, temporary, 9)) {
            shards.append(List.of(good));
            for (long bytes : new long[] {99_999, 100_001, 0, 1L << 40}) {
                Sample bad = new Sample("bad.jpg", "b", 1, file, bytes, 0, 1, 1);
                assertThatThrownBy(() -> shards.append(List.of(bad)))
                        .isInstanceOf(IOException.class);
            }
            Path none = folder.resolve("none");
            Sample whole = new Sample("whole.jpg", "b", 1, file, 100_000, 0, 1, 1);
            Sample absent = new Sample("absent.jpg", "b", 1, none, 1, 0, 1, 1);
            assertThatThrownBy(() -> shards.append(List.of(whole, absent)))
                    .isInstanceOf(IOException.class);
            shards.append(List.of(sample("last.jpg", "z")));
            assertThat(shards.seal())
                    .extracting(Sample::name)
                    .containsExactly("good.jpg", "last.jpg");
        }
        assertThat(members()).containsExactly("00000.tar good.jpg 100000", "00000.tar last.jpg 1");
    }

    @Test
    void sealsAgainAfterAFault() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 9)) {
            shards.append(List.of(sample("a.jpg", "a")));
            Path aside = folder.resolve("aside");
            Files.move(out, aside);
            assertThatThrownBy(shards::seal).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> shards.append(List.of(sample("b.jpg", "b"))))
                    .isInstanceOf(IllegalStateException.class);
            Files.move(aside, out);
            assertThat(shards.seal()).hasSize(1);
        }
        assertThat(members()).hasSize(1);
    }

    @Test
    void givesUpWhatIsNotSealed() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 9)) {
            shards.append(List.of(sample("a.jpg", "a")));
            assertThat(shards.abandon()).hasSize(1);
            shards.append(List.of(sample("b.jpg", "b")));
        }
        assertThat(out).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysThatATarOfARunIsDamaged() throws Exception {
        Path tar = Files.write(out.resolve("00000.tar"), new Tars().file("a.jpg", "a").cut());
        assertThatThrownBy(this::members)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        tar
                                + " cannot be read to its end, as it is damaged or cut off; delete"
                                + " it, and its pictures are made again");
    }

    /** Groups members as the documentation of WebDataset says, and strictly. */
    private static final String READER =
            """
            import json, os, sys, tarfile
            for shard in sorted(sys.argv[1:]):
                samples = {}
                last = None
                with tarfile.open(shard) as tar:
                    for member in tar:
                        assert (member.uid, member.gid, member.uname) == (0, 0, '')
                        assert (member.mode, member.mtime) == (0o644, 0)
                        folder, base = os.path.split(member.name)
                        stem, extension = base.split('.', 1)
                        key = os.path.join(folder, stem)
                        assert member.name.split('.', 1)[0] == key
                        assert key == last or key not in samples, 'members lie apart'
                        last = key
                        assert extension not in samples.setdefault(key, {})
                        samples[key][extension] = tar.extractfile(member).read()
                for key, parts in samples.items():
                    facts = json.loads(parts.pop('json'))
                    assert facts['key'] == key
                    (extension, data), = parts.items()
                    assert len(data) == facts['bytes']
                    print(ascii(key), extension, sum(data), *list(facts.values())[1:])
            """;

    @Test
    void isReadByPythonAsWebDatasetGroupsIt() throws Exception {
        Random random = new Random(1);
        byte[] noise = new byte[70_000];
        random.nextBytes(noise);
        Path large = Files.write(folder.resolve("large"), noise);
        long sum = 0;
        for (byte b : noise) {
            sum += b & 0xff;
        }
        String deep = "long/" + "x".repeat(200) + "/" + "y".repeat(200);
        try (TarShards shards = new TarShards(out, temporary, 3)) {
            shards.append(
                    List.of(sample("example.com/v1.2.jpg", "A"), sample("h.com/v1.3.jpg", "B")));
            shards.append(List.of(sample("%C3%BC%20b.jpg", "C")));
            shards.seal();
            shards.append(
                    List.of(new Sample(deep + ".png", "a.b", 7, large, 70_000, 1L << 31, 8, 6)));
            shards.seal();
        }
        String said = OtherPrograms.run(out, "python3", "-c", READER, "00000.tar", "00001.tar");
        assertThat(said.lines())
                .containsExactly(
                        "'example%2Ecom/v1%2E2' jpg 65 example.com/v1.2.jpg 40 30 1 000000ab"
                                + " s/example.com/v1.2.jpg 99",
                        "'h%2Ecom/v1%2E3' jpg 66 h.com/v1.3.jpg 40 30 1 000000ab s/h.com/v1.3.jpg"
                                + " 99",
                        "'\\xfc b' jpg 67 %C3%BC%20b.jpg 40 30 1 000000ab s/%C3%BC%20b.jpg 99",
                        "'" + deep + "' png " + sum + " " + deep + ".png 8 6 70000 80000000 a.b 7");
    }

    @Test
    void refusesNamesWithoutExtension() {
        for (String name : List.of("a", "a.b/c", ".jpg", "a/.jpg", "a.")) {
            assertThatThrownBy(() -> sample(name, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + " has no extension");
        }
    }

    @Test
    void isReadByTar() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 3)) {
            shards.append(List.of(sample("a/%C3%BC.jpg", "content")));
            shards.append(List.of(sample("b.jpg", "")));
            shards.seal();
        }
        String said = OtherPrograms.run(out, "tar", "--utc", "-tvf", "00000.tar");
        assertThat(said.lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("-rw-r--r-- 0/0 +7 1970-01-01 00:00.*a/(ü|\\\\303\\\\274)\\.jpg");
    }
}
