package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.Disturbance;
import imgpipe.net.Disturbance.Kind;
import imgpipe.net.FaultyProxy;
import imgpipe.net.PictureServer;
import imgpipe.net.RawServer;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures come over HTTP, from a server and over a network that are both real. */
@Timeout(120)
class NetworkIT {
    /** How many pictures are drawn; all further ones are copies of these. */
    private static final int DRAWN = 4;

    /** What each of them becomes that lies in a folder: the checksum. */
    private static final List<String> MADE = new ArrayList<>();

    @TempDir private static Path elsewhere;

    @TempDir private Path folder;
    private Workplace place;
    private PictureServer server;

    @BeforeAll
    static void resizeWithoutANetwork() throws Exception {
        Workplace local = new Workplace(elsewhere.toRealPath());
        List<String> names = draw(local, "in/", DRAWN);
        Launch.Ended run = local.imgpipe("resize", "--size=60", "in", "out");
        assertThat(run.code()).as(run.error()).isZero();
        Map<String, String> out = local.content("out");
        names.forEach(name -> MADE.add(out.get(name)));
        assertThat(MADE).doesNotContainNull().doesNotHaveDuplicates();
    }

    @BeforeEach
    void start() throws IOException {
        place = new Workplace(folder);
        Files.createDirectory(folder.resolve("www"));
        server = new PictureServer(folder.resolve("www"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Writes a list of addresses below {@code base}, with names of their own. */
    private void list(String base, List<String> names) throws IOException {
        List<String> lines = new ArrayList<>(List.of("url,file"));
        names.forEach(name -> lines.add(base + name + "," + name));
        Files.write(folder.resolve("list.csv"), lines);
    }

    /** Pictures below a folder, and their names. */
    private static List<String> draw(Workplace place, String folder, int count) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("a/" + i % 3 + "/" + i + (i % DRAWN == 0 ? ".png" : ".jpg"));
            if (i < DRAWN) {
                place.picture(folder + names.get(i), 120 + i, 90);
            } else {
                Path file = place.file(folder + names.get(i));
                Files.createDirectories(file.getParent());
                Files.copy(place.file(folder + names.get(i % DRAWN)), file);
            }
        }
        return names;
    }

    private List<String> pictures(int count) throws IOException {
        return draw(place, "www/", count);
    }

    private static String[] resizing(String out, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "resize",
                                "--urls=list.csv",
                                "--name-column=file",
                                "--size=60",
                                "--json",
                                out));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Launch.Ended resize(String out, String... more)
            throws IOException, InterruptedException {
        return place.imgpipe(resizing(out, more));
    }

    private Launch.Running start(String more) throws IOException, InterruptedException {
        return place.launch(Map.of())
                .start(Launch.LAUNCHER, resizing("out", "--allow-private", more));
    }

    /** A run that has made so many pictures of one folder. */
    private Launch.Running startUntil(int made, String more)
            throws IOException, InterruptedException {
        Launch.Running running = start(more);
        while (place.count("out/a/1") < made && running.process().isAlive()) {
            Thread.sleep(5);
        }
        return running;
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    /** What they become that lie in a folder. */
    private static Map<String, String> expected(List<String> names) {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            expected.put(names.get(i), MADE.get(i % DRAWN));
        }
        return expected;
    }

    @Test
    void makesTheSameOfPicturesThatAreFetched() throws Exception {
        List<String> names = pictures(30);
        list(server.address(), names);

        Launch.Ended first = resize("out", "--allow-private");
        assertThat(first.code()).as(first.error()).isZero();
        assertThat(first.json("done")).isEqualTo(30);
        assertThat(place.content("out")).isEqualTo(expected(names));
        assertThat(place.temporary("out")).isEmpty();
        assertThat(server.requests()).isEqualTo(30);

        Launch.Ended again = resize("out", "--allow-private");
        assertThat(again.code()).isZero();
        assertThat(again.json("skipped")).isEqualTo(30);
        assertThat(server.unchanged()).isEqualTo(30);
        assertThat(server.whole()).isEqualTo(30);

        place.picture("www/a/1/1.jpg", 70, 90);
        Files.delete(folder.resolve("out/a/2/2.jpg"));
        Launch.Ended changed = resize("out", "--allow-private");
        assertThat(changed.json("done")).isEqualTo(2);
        assertThat(changed.json("skipped")).isEqualTo(28);
        assertThat(server.whole()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNothingToANetworkThatFailsNowAndThen(long seed) throws Exception {
        List<String> names = pictures(500);
        Disturbance faults =
                Disturbance.none()
                        .faults(0.1, seed, Kind.CLOSE, Kind.RESET, Kind.LIMIT, Kind.SLICE);
        try (FaultyProxy proxy = new FaultyProxy(server.port(), faults)) {
            list(proxy.address(), names);

            Launch.Ended run = resize("out", "--allow-private", "--transfers=32");

            assertThat(proxy.faults()).isGreaterThan(5);
            assertThat(proxy.requests()).isLessThanOrEqualTo(800);
            assertThat(place.temporary("out")).isEmpty();
            long failed = run.failedOverNetwork(500);
            assertThat(place.content("out")).hasSize((int) (500 - failed));
            if (failed > 0) {
                Launch.Ended rest = place.imgpipe("retry", "out", "--json");
                assertThat(rest.code()).as(rest.error()).isZero();
            }
            assertThat(place.content("out")).isEqualTo(expected(names));
        }
    }

    @Test
    void namesEachFaultInOneLineAndGoesOn() throws Exception {
        list(server.address(), pictures(4));
        RawServer short200 =
                RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nnot so much");
        server.answer(
                "/words.jpg",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody()
                            .write("\n<!DOCTYPE html><p>Log in".getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                });
        server.answer(
                "/endless.jpg",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] piece = new byte[1 << 16];
                    try (OutputStream out = exchange.getResponseBody()) {
                        while (true) {
                            out.write(piece);
                        }
                    }
                });
        server.redirect("/inside.jpg", 302, "http://169.254.169.254/latest/meta-data/");
        server.redirect("/other.jpg", 301, "http://localhost:" + server.port() + "/a/1/1.jpg");
        server.redirect("/round.jpg", 302, "/round.jpg");
        try (BufferedWriter list =
                Files.newBufferedWriter(folder.resolve("list.csv"), StandardOpenOption.APPEND)) {
            list.write(short200.address() + "short.jpg,short.jpg\n");
            for (String name : List.of("words", "endless", "inside", "other", "round", "gone")) {
                list.write(server.address() + name + ".jpg," + name + ".jpg\n");
            }
            list.write(server.address() + "a/1/1.jpg,../up.jpg\n");
            list.write(server.address() + "a/1/1.jpg,/root/up.jpg\n");
            list.write(server.address() + "a/1/1.jpg,C:\\up.jpg\n");
            list.write("file:///etc/passwd,passwd.jpg\n");
        }

        Launch.Ended run = resize("out", "--allow-host=127.0.0.1", "--max-file=2m", "--retries=1");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.json("done")).isEqualTo(4);
        assertThat(run.json("failed")).isEqualTo(11);
        short200.close();
        assertThat(line(run, "short.jpg")).contains("HTTP").contains("ended too early");
        assertThat(line(run, "words.jpg")).contains("NOT_A_PICTURE").contains("<!DOCTYPE>");
        assertThat(line(run, "endless.jpg")).contains("LIMIT").contains("--max-file");
        assertThat(line(run, "inside.jpg")).contains("HTTP").contains("169.254.169.254");
        assertThat(line(run, "other.jpg")).contains("localhost").contains("--allow-host");
        assertThat(line(run, "round.jpg")).contains("redirect");
        assertThat(line(run, "gone.jpg")).contains("404");
        assertThat(run.error().lines().filter(line -> line.contains("line 1")))
                .anyMatch(line -> line.contains("leaves the tree"))
                .anyMatch(line -> line.contains("is absolute"))
                .anyMatch(line -> line.contains("drive"))
                .anyMatch(line -> line.contains("only http, https and s3"));
        assertThat(place.content("out")).hasSize(4);
    }

    private static String line(Launch.Ended run, String name) {
        return run.error()
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + run.error()));
    }

    @Test
    void refusesTwoAddressesOfOneNameBeforeAnythingIsFetched() throws Exception {
        Files.writeString(
                folder.resolve("list.csv"),
                "url,file\nhttp://one.invalid/a.jpg,a.jpg\nhttp://two.invalid/b.jpg,a.jpg\n");

        Launch.Ended run = resize("out");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error())
                .contains("http://one.invalid/a.jpg and http://two.invalid/b.jpg")
                .hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Nobody sees what is in an address that grants access. */
    @Test
    void keepsSecretsToItself() throws Exception {
        pictures(2);
        String address = server.address().replace("://", "://somebody:pa@passw0rd@");
        Files.writeString(
                folder.resolve("list.txt"),
                address
                        + "a/1/1.jpg?X-Amz-Signature=s3cret\n"
                        + address
                        + "a/1/none.jpg?sig=s3cret\n");

        Launch.Ended run =
                place.imgpipe(
                        "resize",
                        "--urls=list.txt",
                        "--allow-private",
                        "-vv",
                        "--log-file=log",
                        "out");

        assertThat(run.code()).isEqualTo(3);
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.toList()) {
                assertThat(file.toString()).doesNotContain("passw0rd", "s3cret");
                if (Files.isRegularFile(file)) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("passw0rd", "s3cret");
                }
            }
        }
        assertThat(Files.readString(folder.resolve("log")) + run.error() + run.output())
                .doesNotContain("passw0rd", "s3cret");
    }

    @Test
    void neverHasMoreInItsSpoolThanItMay() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String name = "n" + i + ".png";
            names.add(name);
            byte[] content = Files.readAllBytes(noise(folder.resolve("www").resolve(name), i));
            // Half of them without a length.
            if (i % 2 == 0) {
                server.answer(
                        "/" + name,
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            exchange.getResponseBody().write(content);
                            exchange.close();
                        });
            }
        }
        list(server.address(), names);
        Launch.Running running = start("--spool-size=1m");
        long most = 0;
        while (running.process().isAlive()) {
            most = Math.max(most, bytes(folder.resolve("out/.imgpipe/tmp/spool")));
            Thread.sleep(2);
        }
        Launch.Ended run = running.end();

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("done")).isEqualTo(24);
        assertThat(most).isPositive().isLessThanOrEqualTo(1 << 20);
    }

    /** A picture of some 370,000 bytes that nothing makes smaller. */
    private static Path noise(Path file, int seed) throws IOException {
        BufferedImage picture = new BufferedImage(350, 350, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 350 * 350; i++) {
            picture.setRGB(i % 350, i / 350, random.nextInt());
        }
        assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
        return file;
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try {
                    sum += Files.size(file);
                } catch (IOException e) {
                    // It was used meanwhile.
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
        return sum;
    }

    @Test
    void fetchesAndPutsAsTheyAre() throws Exception {
        pictures(6);
        Files.writeString(folder.resolve("www/a/note.jpg"), "no picture");
        List<String> names =
                new ArrayList<>(List.of("a/0/0.png", "a/1/1.jpg", "a/2/2.jpg", "a/note.jpg"));
        list(server.address(), names);

        Launch.Ended fetch =
                place.imgpipe(
                        "fetch",
                        "--urls=list.csv",
                        "--name-column=file",
                        "--allow-private",
                        "--json",
                        "here");
        assertThat(fetch.code()).isEqualTo(3);
        assertThat(fetch.json("done")).isEqualTo(3);
        assertThat(line(fetch, "a/note.jpg")).contains("NOT_A_PICTURE");
        assertThat(folder.resolve("here/.imgpipe/joblog.tsv"))
                .content()
                .contains("imgpipe fetch '" + server.address() + "a/1/1.jpg' ");
        for (String name : names.subList(0, 3)) {
            assertThat(folder.resolve("here").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("www").resolve(name));
        }

        Launch.Ended push =
                place.imgpipe(
                        "push", "here", server.address() + "there/", "--allow-private", "--json");
        assertThat(push.code()).as(push.error()).isZero();
        assertThat(push.json("done")).isEqualTo(3);
        assertThat(place.content("www/there")).isEqualTo(place.content("here"));
        Launch.Ended again =
                place.imgpipe(
                        "push", "here", server.address() + "there/", "--allow-private", "--json");
        assertThat(again.json("skipped")).isEqualTo(3);
    }

    @Test
    void retriesWhatFailed() throws Exception {
        List<String> names = pictures(4);
        list(server.address(), names);
        Path late = folder.resolve("www").resolve(names.get(1));
        Path away = Files.move(late, folder.resolve("away.jpg"));

        assertThat(resize("out", "--allow-private").code()).isEqualTo(3);
        Files.move(away, late);
        long asked = server.requests();
        Launch.Ended retry = place.imgpipe("retry", "out", "--kind=HTTP", "--json");

        assertThat(retry.code()).as(retry.error()).isZero();
        assertThat(retry.json("done")).isEqualTo(1);
        assertThat(server.requests() - asked).isEqualTo(1);
        assertThat(place.content("out")).isEqualTo(expected(names));
        assertThat(place.imgpipe("report", "out").output()).containsPattern("retry  list .+ → ");
    }

    @Test
    void endsInOrderOnASignalAndGoesOn() throws Exception {
        List<String> names = pictures(200);
        try (PictureServer far = new PictureServer(folder.resolve("www"), Duration.ofMillis(200))) {
            list(far.address(), names);
            Launch.Running running = startUntil(5, "--transfers=4");
            running.process().destroy();
            Launch.Ended stopped = running.end();

            assertThat(stopped.code()).as(stopped.error()).isEqualTo(143);
            assertThat(stopped.json("done") + stopped.json("notStarted")).isEqualTo(200);
            assertThat(place.content("out")).hasSize((int) stopped.json("done"));
            assertThat(place.temporary("out")).isEmpty();
        }
        list(server.address(), names);
        Launch.Ended rest = resize("out", "--allow-private");
        assertThat(rest.json("done") + rest.json("skipped")).isEqualTo(200);
        assertThat(place.content("out")).isEqualTo(expected(names));
    }

    /** Nothing is made that nobody takes. */
    @Test
    void endsSoonWhereNothingIsTaken() throws Exception {
        pictures(400);
        AtomicInteger puts = new AtomicInteger();
        server.answer(
                "/closed/",
                exchange -> {
                    puts.incrementAndGet();
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(403, -1);
                });
        String closed = server.address() + "closed/";

        Launch.Ended run =
                place.imgpipe("resize", "--size=60", "--allow-private", "--json", "www", closed);

        assertThat(run.code()).as(run.error()).isEqualTo(4);
        assertThat(run.error())
                .hasLineCount(1)
                .contains("OUT takes no pictures (" + closed)
                .contains("the server answered 403 Forbidden", "the same command goes on");
        assertThat(run.output()).contains("\"stopped\" : \"output-refused\"");
        assertThat(run.json("notStarted")).isEqualTo(400);
        // Eight wait for each of 16 transfers, and a few are in workers' hands.
        assertThat(puts).hasValueLessThan(200);
    }

    /**
     * It is away for a second, and for more requests than a gate needs to open. An answer before
     * that could come late, between faults, and the row would begin anew.
     */
    @Test
    void saysOnceThatAHostIsAwayAndThatItIsBack() throws Exception {
        List<String> names = pictures(40);
        AtomicInteger refused = new AtomicInteger();
        AtomicLong gone = new AtomicLong();
        server.answer(
                "/a/",
                exchange -> {
                    gone.compareAndSet(0, System.nanoTime());
                    if (refused.get() < 14 || System.nanoTime() - gone.get() < 1_000_000_000L) {
                        refused.incrementAndGet();
                        exchange.sendResponseHeaders(503, -1);
                        return;
                    }
                    byte[] content =
                            Files.readAllBytes(
                                    folder.resolve("www" + exchange.getRequestURI().getPath()));
                    exchange.sendResponseHeaders(200, content.length);
                    exchange.getResponseBody().write(content);
                });
        list(server.address(), names);

        Launch.Ended run = resize("out", "--allow-private", "--log-file=log");

        String host = "127.0.0.1:" + server.port();
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("done")).isEqualTo(40);
        assertThat(run.error().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("transfers from " + host + " wait: the server"))
                .anyMatch(line -> line.contains("transfers from " + host + " go on after"));
        assertThat(folder.resolve("log"))
                .content()
                .containsOnlyOnce(" wait: the server answered 503 Service Unavailable, 1")
                .containsOnlyOnce(": it answers again");
    }

    @Test
    void takesOnePictureByItsAddress() throws Exception {
        pictures(2);
        Launch.Ended run =
                place.imgpipe(
                        "convert",
                        "--to=webp",
                        "--allow-private",
                        server.address() + "a/1/1.jpg",
                        "out");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.content("out")).containsOnlyKeys("1.webp");
    }

    @Test
    void goesOnWhereARunWasKilled() throws Exception {
        List<String> names = pictures(300);
        try (PictureServer far = new PictureServer(folder.resolve("www"), Duration.ofMillis(30))) {
            list(far.address(), names);
            Launch.Running running = startUntil(20, "--transfers=16");
            // The ledger is some pictures behind, as it is written for many at a time.
            Path ledger = folder.resolve("out/.imgpipe/ledger.jsonl");
            while (lines(ledger) < 20 && running.process().isAlive()) {
                Thread.sleep(5);
            }
            running.process().destroyForcibly();
            running.end();

            Launch.Ended rest = resize("out", "--allow-private");
            assertThat(rest.code()).as(rest.error()).isZero();
            assertThat(rest.json("skipped")).isGreaterThan(15);
            assertThat(place.content("out")).isEqualTo(expected(names));
            assertThat(place.temporary("out")).isEmpty();
        }
    }
}
