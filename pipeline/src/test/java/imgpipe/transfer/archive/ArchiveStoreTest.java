package imgpipe.transfer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ArchiveStoreTest {
    @TempDir private Path folder;

    private Path archive(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndTexts[i]));
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static List<StoredObject> list(ArchiveStore store) throws Exception {
        List<StoredObject> objects = new ArrayList<>();
        store.list("", objects::add);
        return objects;
    }

    private static Taken fetch(ArchiveStore store, StoredObject object) throws Exception {
        Taken taken = new Taken();
        assertThat(store.fetch(object.address(), "", taken)).isTrue();
        assertThat(taken.isEnded()).isTrue();
        assertThat(taken.announced()).isEqualTo(object.bytes()).isEqualTo(taken.bytes().length);
        assertThat(taken.validator()).isEqualTo(object.validator()).isNotEmpty();
        return taken;
    }

    /** A tree of odd names and all kinds of sizes. */
    private Path tree() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("a b/ü/" + "long".repeat(40)));
        Random random = new Random(7);
        int size = 0;
        for (String name :
                List.of(
                        "empty.jpg",
                        "a b/one.jpg",
                        "a b/ü/zwei 日本.png",
                        "a b/ü/" + "long".repeat(40) + "/" + "name".repeat(40) + ".jpg",
                        "-dash@7!x.jpg")) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Files.write(tree.resolve(name), content);
            size = size * 7 + 511;
        }
        return tree;
    }

    private void assertHoldsTree(Path archive, int parallelism) throws Exception {
        Path tree = folder.resolve("tree");
        try (ArchiveStore store = ArchiveStore.open(archive)) {
            List<StoredObject> objects = list(store);
            assertThat(objects)
                    .extracting(StoredObject::key)
                    .containsExactlyInAnyOrder(
                            "empty.jpg",
                            "a b/one.jpg",
                            "a b/ü/zwei 日本.png",
                            "a b/ü/" + "long".repeat(40) + "/" + "name".repeat(40) + ".jpg",
                            "-dash@7!x.jpg");
            assertThat(store.parallelism()).isEqualTo(parallelism);
            // Forwards, as they lie, and backwards.
            for (List<StoredObject> order : List.of(objects, objects.reversed())) {
                for (StoredObject object : order) {
                    assertThat(fetch(store, object).bytes())
                            .isEqualTo(Files.readAllBytes(tree.resolve(object.key())));
                    Taken unchanged = new Taken();
                    assertThat(store.fetch(object.address(), object.validator(), unchanged))
                            .isFalse();
                    assertThat(unchanged.announced()).isEqualTo(-1);
                }
            }
        }
    }

    /** Members are opened and read through one channel. */
    @Test
    void readsAZipFromManyThreads() throws Exception {
        Random random = new Random(1);
        byte[][] members = new byte[60][300_000];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < members.length; i++) {
                random.nextBytes(members[i]);
                out.putNextEntry(new ZipEntry(i + ".bin"));
                out.write(members[i]);
            }
        }
        try (ArchiveStore store = ArchiveStore.open(archive("many.zip", bytes.toByteArray()));
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Taken>> taken = new ArrayList<>();
            for (StoredObject object : list(store)) {
                taken.add(threads.submit(() -> fetch(store, object)));
            }
            for (int i = 0; i < members.length; i++) {
                assertThat(taken.get(i).get().bytes()).isEqualTo(members[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax"})
    void readsWhatTarWrites(String format) throws Exception {
        Path tree = tree();
        OtherPrograms.run(tree, "tar", "--format=" + format, "-cf", "../t.tar", ".");
        assertHoldsTree(folder.resolve("t.tar"), Integer.MAX_VALUE);
        OtherPrograms.run(tree, "gzip", "../t.tar");
        assertHoldsTree(folder.resolve("t.tar.gz"), 1);
    }

    @Test
    void readsWhatPythonWrites() throws Exception {
        Path tree = tree();
        OtherPrograms.run(
                tree,
                "python3",
                "-c",
                """
                import os, tarfile, zipfile
                names = sorted(os.path.join(d, f)[2:] for d, _, fs in os.walk('.') for f in fs)
                with tarfile.open('../p.tgz', 'w:gz') as t:
                    for n in names: t.add(n)
                with zipfile.ZipFile('../p.zip', 'w', zipfile.ZIP_BZIP2) as z:
                    for n in names: z.write(n)
                """);
        assertHoldsTree(folder.resolve("p.tgz"), 1);
        assertHoldsTree(folder.resolve("p.zip"), Integer.MAX_VALUE);
    }

    @Test
    void readsWhatZipWrites() throws Exception {
        Path tree = tree();
        OtherPrograms.run(tree, "zip", "-q", "-r", "../z.zip", ".");
        assertHoldsTree(folder.resolve("z.zip"), Integer.MAX_VALUE);
    }

    @Test
    void tellsEvilNamesAndUnpacksNone() throws Exception {
        String[] evil = {"../x.jpg", "/etc/x.jpg", "a//./b.jpg", "C:\\x.jpg", "..\\x.jpg"};
        Tars tar = new Tars();
        String[] zipped = new String[evil.length * 2];
        for (int i = 0; i < evil.length; i++) {
            tar.file(evil[i], "content " + i);
            zipped[2 * i] = evil[i];
            zipped[2 * i + 1] = "content " + i;
        }
        Path tarred = archive("e.tar", tar.ended());
        try (ArchiveStore store = ArchiveStore.open(tarred)) {
            List<StoredObject> objects = list(store);
            assertThat(objects).extracting(StoredObject::key).containsExactly(evil);
            assertThat(fetch(store, objects.get(1)).text()).isEqualTo("content 1");
        }
        try (ArchiveStore store = ArchiveStore.open(archive("e.zip", zip(zipped)))) {
            List<StoredObject> objects = list(store);
            // Without slashes, zips of DOS mean folders by backslashes.
            assertThat(objects)
                    .extracting(StoredObject::key)
                    .containsExactly(
                            "../x.jpg", "/etc/x.jpg", "a//./b.jpg", "C:/x.jpg", "../x.jpg");
            assertThat(fetch(store, objects.get(4)).text()).isEqualTo("content 4");
        }
    }

    @Test
    void tellsMembersOfOneNameApart() throws Exception {
        Path archive = archive("t.tar", new Tars().file("a", "1").file("a", "2").ended());
        try (ArchiveStore store = ArchiveStore.open(archive)) {
            List<StoredObject> objects = list(store);
            assertThat(fetch(store, objects.get(1)).text()).isEqualTo("2");
            assertThat(fetch(store, objects.get(0)).text()).isEqualTo("1");
        }
    }

    @Test
    void goesOnBehindAnObject() throws Exception {
        byte[] tar = new Tars().file("a", "1").file("b", "2").file("c", "3").ended();
        try (ArchiveStore store = ArchiveStore.open(archive("t.tar", tar))) {
            List<StoredObject> objects = new ArrayList<>();
            store.list("b", objects::add);
            assertThat(objects).extracting(StoredObject::key).containsExactly("c");
        }
    }

    @Test
    void refusesLinksDevicesAndFifosOneByOne() throws Exception {
        Tars tar = new Tars().header("folder/", '5', 0);
        for (char type : new char[] {'1', '2', '3', '4', '6'}) {
            tar.header("kind" + type + ".jpg", type, 0);
        }
        Path archive = archive("t.tar", tar.file("a.jpg", "good").ended());
        try (ArchiveStore store = ArchiveStore.open(archive)) {
            List<StoredObject> objects = list(store);
            assertThat(objects).hasSize(6);
            for (StoredObject object : objects.subList(0, 5)) {
                assertThat(object.bytes()).isEqualTo(-1);
                assertFails(store, object, Fault.LOCAL, "is not a regular file");
            }
            assertThat(fetch(store, objects.getLast()).text()).isEqualTo("good");
        }
    }

    private static void assertFails(
            ArchiveStore store, StoredObject object, Fault fault, String part) {
        Taken taken = new Taken();
        assertThatThrownBy(() -> store.fetch(object.address(), "", taken))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(part)
                .hasMessageStartingWith("\"" + object.key() + "\" in ");
        assertThat(taken.isEnded()).isFalse();
    }

    @Test
    void refusesLinksInZips() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(tree.resolve("l.jpg"), Path.of("../../nowhere"));
        OtherPrograms.run(tree, "zip", "-q", "-y", "../l.zip", "l.jpg");
        try (ArchiveStore store = ArchiveStore.open(folder.resolve("l.zip"))) {
            assertFails(store, list(store).getFirst(), Fault.LOCAL, "is not a regular file");
        }
    }

    @Test
    void refusesEncryptedMembersAndUnknownMethods() throws Exception {
        byte[] content = zip("a.jpg", "content");
        int directory = indexOf(content, "PK\1\2");
        byte[] locked = content.clone();
        locked[directory + 8] |= 1;
        try (ArchiveStore store = ArchiveStore.open(archive("locked.zip", locked))) {
            assertFails(store, list(store).getFirst(), Fault.LOCAL, "is encrypted");
        }
        for (int method : new int[] {1, 12, 14, 93, 95, 99}) {
            byte[] odd = content.clone();
            odd[directory + 10] = (byte) method;
            try (ArchiveStore store = ArchiveStore.open(archive("odd.zip", odd))) {
                StoredObject object = list(store).getFirst();
                if (method != 12) {
                    assertFails(store, object, Fault.LOCAL, "method that is not read");
                }
            }
        }
    }

    private static int indexOf(byte[] bytes, String what) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(what);
    }

    @Test
    void passesOnNoMoreThanWasAnnounced() throws Exception {
        byte[] content = zip("a.jpg", "x".repeat(1_000_000));
        int directory = indexOf(content, "PK\1\2");
        System.arraycopy(HexFormat.of().parseHex("0a000000"), 0, content, directory + 24, 4);
        try (ArchiveStore store = ArchiveStore.open(archive("more.zip", content))) {
            StoredObject object = list(store).getFirst();
            assertThat(object.bytes()).isEqualTo(10);
            assertFails(store, object, Fault.LOCAL, "holds more than it announces");
        }
        System.arraycopy(HexFormat.of().parseHex("40420f01"), 0, content, directory + 24, 4);
        try (ArchiveStore store = ArchiveStore.open(archive("less.zip", content))) {
            assertFails(store, list(store).getFirst(), Fault.LOCAL, "before its announced size");
        }
    }

    @Test
    void findsContentThatIsNotWhatWasPacked() throws Exception {
        byte[] content = zip("a.jpg", "some content");
        content[indexOf(content, "PK\1\2") + 16] ^= 1;
        try (ArchiveStore store = ArchiveStore.open(archive("crc.zip", content))) {
            assertFails(store, list(store).getFirst(), Fault.LOCAL, "is damaged");
        }
    }

    @Test
    void announcesEightGigabytesBeforeAnyIsRead() throws Exception {
        long huge = (8L << 30) - 1;
        byte[] tar = new Tars().file("a.jpg", "good").header("huge.jpg", '0', huge).cut();
        Path archive = archive("huge.tar", tar);
        try (ArchiveStore store = ArchiveStore.open(archive)) {
            List<StoredObject> objects = new ArrayList<>();
            assertThatThrownBy(() -> store.list("", objects::add))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(archive + " is cut off");
            assertThat(objects).extracting(StoredObject::bytes).containsExactly(4L, huge);
            assertThat(fetch(store, objects.getFirst()).text()).isEqualTo("good");
            assertFails(store, objects.getLast(), Fault.LOCAL, "is cut off");
        }
    }

    @Test
    void boundsWhatNamesMayTake() throws Exception {
        for (char type : new char[] {'L', 'K', 'x', 'g'}) {
            byte[] line = (300_000_000 + " path=").getBytes(StandardCharsets.UTF_8);
            Tars tar = new Tars().header("long", type, 300_000_000).data(line);
            byte[] bytes = Arrays.copyOf(tar.cut(), 5 << 20);
            Arrays.fill(bytes, 1024, bytes.length, (byte) 'a');
            try (ArchiveStore store = ArchiveStore.open(archive("names.tgz", gzip(bytes)))) {
                assertThatThrownBy(() -> list(store))
                        .as("type %s", type)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("more than a million bytes");
            }
        }
    }

    @Test
    void saysThatATarIsCutWhereverItIsCut() throws Exception {
        Tars tar = new Tars();
        Random random = new Random(3);
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] data = new byte[random.nextInt(3000)];
            tar.header(i + ".jpg", '0', data.length).data(data);
            ends.add(tar.cut().length);
        }
        byte[] whole = tar.ended();
        for (int size = 1024; size < whole.length - 1024; size += 1024) {
            byte[] cut = Arrays.copyOf(whole, size);
            int there = (int) ends.stream().filter(end -> end <= cut.length).count();
            try (ArchiveStore store = ArchiveStore.open(archive("cut.tar", cut))) {
                assertCut(store, there);
            }
            byte[] packed = gzip(whole);
            byte[] cutPacked = Arrays.copyOf(packed, packed.length * (size / 1024) / 40 + 20);
            if (cutPacked.length < packed.length) {
                try (ArchiveStore store = ArchiveStore.open(archive("cut.tgz", cutPacked))) {
                    assertThatThrownBy(() -> list(store)).isInstanceOf(StoreException.class);
                }
            }
        }
    }

    private static void assertCut(ArchiveStore store, int there) {
        List<StoredObject> objects = new ArrayList<>();
        assertThatThrownBy(() -> store.list("", objects::add))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("is cut off");
        assertThat(objects).hasSizeBetween(there, there + 1);
        for (int i = 0; i < objects.size(); i++) {
            Taken taken = new Taken();
            try {
                store.fetch(objects.get(i).address(), "", taken);
                assertThat((long) taken.bytes().length).isEqualTo(objects.get(i).bytes());
            } catch (StoreException | InterruptedException e) {
                assertThat(i).isEqualTo(there);
            }
        }
    }

    @Test
    void saysThatAZipIsCutOrDamaged() throws Exception {
        byte[] whole = zip("a.jpg", "x".repeat(5000), "b.jpg", "y".repeat(5000));
        for (int size = 4; size < whole.length; size += 7) {
            Path archive = archive("cut.zip", Arrays.copyOf(whole, size));
            try (ArchiveStore store = ArchiveStore.open(archive)) {
                assertThatThrownBy(() -> list(store))
                        .isInstanceOf(StoreException.class)
                        .hasMessage(archive + " is damaged or cut off");
            }
        }
    }

    @Test
    void survivesArchivesOfFlippedBits() throws Exception {
        long seed = 5;
        Random random = new Random(seed);
        byte[][] archives = {
            new Tars().file("a.jpg", "x".repeat(700)).file("b.jpg", "y").ended(),
            gzip(new Tars().file("a.jpg", "x".repeat(700)).file("b.jpg", "y").ended()),
            zip("a.jpg", "x".repeat(700), "b.jpg", "y")
        };
        for (int i = 0; i < 600; i++) {
            byte[] bytes = archives[i % 3].clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path archive = archive("flipped", bytes);
            try (ArchiveStore store = ArchiveStore.open(archive)) {
                List<StoredObject> objects = new ArrayList<>();
                try {
                    store.list("", objects::add);
                } catch (StoreException e) {
                    assertThat(e.sentence()).startsWith(archive.toString()).doesNotContain("\n");
                }
                for (StoredObject object : objects) {
                    store.fetch(object.address(), "", new Taken());
                }
            } catch (StoreException e) {
                assertThat(e.sentence()).as("seed %s", seed).contains(archive.toString());
            }
        }
    }

    @Test
    void refusesFilesThatAreNoArchives() throws Exception {
        for (Path file :
                List.of(
                        archive("a.tar", new byte[0]),
                        archive(
                                "b.tar",
                                "no archive at all".repeat(99).getBytes(StandardCharsets.UTF_8)),
                        archive("c.tar.xz", HexFormat.of().parseHex("fd377a585a000000")),
                        folder.resolve("absent.zip"),
                        folder)) {
            assertThatThrownBy(() -> ArchiveStore.open(file).close())
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(file.toString());
        }
        try (ArchiveStore store =
                ArchiveStore.open(archive("text.gz", gzip(new byte[] {1, 2, 3})))) {
            assertThatThrownBy(() -> list(store)).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void refusesAddressesOfOtherArchives() throws Exception {
        Path archive = archive("t.tar", new Tars().file("a.jpg", "1").file("b.jpg", "2").ended());
        try (ArchiveStore store = ArchiveStore.open(archive)) {
            for (String address :
                    List.of(
                            "",
                            "a.jpg",
                            archive + "!",
                            archive + "!a.jpg@",
                            archive + "!a.jpg@512",
                            archive + "!a.jpg@1024",
                            archive + "!b.jpg@2048",
                            archive + "!a.jpg@99999999")) {
                assertThatThrownBy(() -> store.fetch(address, "", new Taken()))
                        .isInstanceOf(StoreException.class);
            }
        }
    }

    @Test
    void knowsArchivesByTheirNames() {
        for (String name : List.of("a.tar", "a.TGZ", "x.y.tar.gz", "a.zip", "a.tar.xz")) {
            assertThat(ArchiveStore.isNamedLikeArchive(Path.of(name))).as(name).isTrue();
        }
        for (String name : List.of("tar", "a.gz", "a.jpg", "zip")) {
            assertThat(ArchiveStore.isNamedLikeArchive(Path.of(name))).as(name).isFalse();
        }
    }

    @Test
    void readsZipsOfOtherSystemsWithoutModes() throws Exception {
        CRC32 crc = new CRC32();
        crc.update("content".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("a.jpg");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(7);
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write("content".getBytes(StandardCharsets.UTF_8));
        }
        try (ArchiveStore store = ArchiveStore.open(archive("s.zip", bytes.toByteArray()))) {
            assertThat(fetch(store, list(store).getFirst()).text()).isEqualTo("content");
        }
    }
}
