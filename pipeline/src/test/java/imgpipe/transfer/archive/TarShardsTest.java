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
    private static final long TIME = 1_700_000_000_123_456_789L;

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
        return new Sample(
                name,
                99,
                TIME,
                List.of(new Sample.Picture("jpg", file(content), bytes.length, 40, 30)));
    }

    private List<String> members() throws IOException {
        List<String> members = new ArrayList<>();
        TarShards.members(
                out,
                (tar, name, bytes, seconds) -> {
                    if (!name.endsWith(".json")) {
                        members.add(tar.getFileName() + " " + name + " " + bytes + " " + seconds);
                    }
                });
        return members;
    }

    @Test
    void publishesATarWhenItIsFullOrAtTheEnd() throws Exception {
        Sample a = sample("a.jpg", "aa");
        Sample b = sample("d.x/b.c.jpg", "b");
        Sample c = sample("%C3%BC%20%FF.png", "");
        try (TarShards shards = new TarShards(out, temporary, 2)) {
            shards.append(a);
            assertThat(shards.isFull()).isFalse();
            shards.append(b);
            assertThat(shards.isFull()).isTrue();
            assertThat(out).isEmptyDirectory();
            assertThatThrownBy(() -> shards.append(c)).isInstanceOf(IllegalStateException.class);
            assertThat(shards.target()).isEqualTo(out.resolve("00000.tar"));
            assertThat(shards.seal()).containsExactly(a, b);
            assertThat(out.resolve("00000.tar")).exists();
            shards.append(c);
            assertThat(shards.seal()).containsExactly(c);
            assertThat(shards.seal()).isEmpty();
        }
        assertThat(members())
                .containsExactly(
                        "00000.tar a.jpg 2 1700000000",
                        "00000.tar d.x/b.c.jpg 1 1700000000",
                        "00001.tar %C3%BC%20%FF.jpg 0 1700000000");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void goesOnBehindTheHighestNumber() throws Exception {
        for (String name : List.of("00007.tar", "000009.tar", "x.tar", "00008.tar.tmp")) {
            Files.write(out.resolve(name), new Tars().ended());
        }
        try (TarShards shards = new TarShards(out, temporary, 1)) {
            shards.append(sample("a.jpg", "a"));
            Files.write(out.resolve("00008.tar"), new Tars().ended());
            shards.seal();
        }
        assertThat(members()).containsExactly("00009.tar a.jpg 1 1700000000");
    }

    @Test
    void writesTheSameBytesAgain() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (TarShards shards = new TarShards(out, temporary, 9)) {
                shards.append(sample("a.jpg", "a"));
                shards.append(sample("long/" + "x".repeat(300) + ".jpg", "b"));
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
            shards.append(good);
            for (long bytes : new long[] {99_999, 100_001, 0, 1L << 40}) {
                Sample bad =
                        new Sample(
                                "bad.jpg",
                                1,
                                TIME,
                                List.of(new Sample.Picture("jpg", file, bytes, 1, 1)));
                assertThatThrownBy(() -> shards.append(bad)).isInstanceOf(IOException.class);
            }
            Sample absent =
                    new Sample(
                            "absent.jpg",
                            1,
                            TIME,
                            List.of(
                                    new Sample.Picture("s.jpg", file, 100_000, 1, 1),
                                    new Sample.Picture("jpg", folder.resolve("no"), 1, 1, 1)));
            assertThatThrownBy(() -> shards.append(absent)).isInstanceOf(IOException.class);
            shards.append(sample("last.jpg", "z"));
            assertThat(shards.seal())
                    .extracting(Sample::name)
                    .containsExactly("good.jpg", "last.jpg");
        }
        assertThat(members())
                .containsExactly(
                        "00000.tar good.jpg 100000 1700000000", "00000.tar last.jpg 1 1700000000");
    }

    @Test
    void sealsAgainAfterAFault() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 9)) {
            shards.append(sample("a.jpg", "a"));
            Path aside = folder.resolve("aside");
            Files.move(out, aside);
            assertThatThrownBy(shards::seal).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> shards.append(sample("b.jpg", "b")))
                    .isInstanceOf(IllegalStateException.class);
            Files.move(aside, out);
            assertThat(shards.seal()).hasSize(1);
        }
        assertThat(members()).hasSize(1);
    }

    @Test
    void givesUpWhatIsNotSealed() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 9)) {
            shards.append(sample("a.jpg", "a"));
            assertThat(shards.abandon()).hasSize(1);
            shards.append(sample("b.jpg", "b"));
        }
        assertThat(out).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysThatATarOfARunIsDamaged() throws Exception {
        Path tar = Files.write(out.resolve("00000.tar"), new Tars().file("a.jpg", "a").cut());
        assertThatThrownBy(this::members)
                .isInstanceOf(IOException.class)
                .hasMessage(tar + " cannot be read to its end");
    }

    /** The way that WebDataset groups members, told by its documentation, and written anew. */
    private static final String READER =
            """
            import json, os, re, sys, tarfile
            for shard in sorted(sys.argv[1:]):
                samples = {}
                last = None
                with tarfile.open(shard) as tar:
                    for member in tar:
                        assert (member.uid, member.gid, member.uname, member.mode) == (0, 0, '', 0o644)
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
                    for picture in facts['pictures']:
                        data = parts.pop(picture['extension'])
                        assert len(data) == picture['bytes']
                        print(ascii(key), picture['extension'], facts['source'], facts['source_bytes'],
                              picture['width'], picture['height'], sum(data))
                    assert not parts
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
            shards.append(sample("example.com/v1.2.jpg", "A"));
            shards.append(sample("example.com/v1.3.jpg", "B"));
            shards.append(sample("%C3%BC%20b.jpg", "C"));
            shards.seal();
            shards.append(
                    new Sample(
                            deep + ".jpg",
                            7,
                            TIME,
                            List.of(
                                    new Sample.Picture("800x800.jpg", large, 70_000, 800, 600),
                                    new Sample.Picture("80x80.jpg", file("D"), 1, 80, 60))));
            shards.seal();
        }
        String said = OtherPrograms.run(out, "python3", "-c", READER, "00000.tar", "00001.tar");
        assertThat(said.lines())
                .containsExactly(
                        "'example%2Ecom/v1%2E2' jpg example.com/v1.2.jpg 99 40 30 65",
                        "'example%2Ecom/v1%2E3' jpg example.com/v1.3.jpg 99 40 30 66",
                        "'\\xfc b' jpg %C3%BC%20b.jpg 99 40 30 67",
                        "'" + deep + "' 800x800.jpg " + deep + ".jpg 7 800 600 " + sum,
                        "'" + deep + "' 80x80.jpg " + deep + ".jpg 7 80 60 68");
    }

    @Test
    void isReadByTar() throws Exception {
        try (TarShards shards = new TarShards(out, temporary, 3)) {
            shards.append(sample("a/%C3%BC.jpg", "content"));
            shards.append(sample("b.jpg", ""));
            shards.seal();
        }
        String said = OtherPrograms.run(out, "tar", "--utc", "-tvf", "00000.tar");
        assertThat(said.lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("-rw-r--r-- 0/0 +7 2023-11-14 22:13.*a/(ü|\\\\303\\\\274)\\.jpg");
    }
}
