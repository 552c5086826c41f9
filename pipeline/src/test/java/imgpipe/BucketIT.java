package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.Disturbance;
import imgpipe.net.Disturbance.Kind;
import imgpipe.net.FaultyProxy;
import imgpipe.net.S3Server;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures come from buckets and go into buckets, of a real S3 server. */
@Timeout(180)
class BucketIT {
    private static final int PICTURES = 40;

    @TempDir private Path folder;
    private Workplace place;
    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        place = new Workplace(folder);
        server = S3Server.over(Files.createDirectory(folder.resolve("s3")));
        for (int i = 0; i < PICTURES; i++) {
            String name = "in/" + i % 3 + "/a b+%25&=\u00e9 " + i + (i % 4 == 0 ? ".png" : ".jpg");
            place.picture(name.replace(" ", "%20").replace("\u00e9", "%C3%A9"), 100 + i % 4, 80);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Launch.Ended imgpipe(String endpoint, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--s3-endpoint", endpoint, "--s3-path-style", "--json"));
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", server.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretKey());
        return place.launch(environment).imgpipe(all.toArray(String[]::new));
    }

    private String bucket(String prefix) {
        return "s3://" + S3Server.BUCKET + "/" + prefix;
    }

    private Map<String, String> objects(String prefix) throws IOException {
        return place.content("s3/" + S3Server.BUCKET + "/" + prefix);
    }

    @Test
    void goesFromBucketToBucketAndReadsListingsOnlyWhenNothingHasChanged() throws Exception {
        try (FaultyProxy counter = new FaultyProxy(port(), Disturbance.none())) {
            Launch.Ended push = imgpipe(counter.address(), "push", "in", bucket("in"));
            assertThat(push.code()).as(push.error()).isZero();
            assertThat(push.json("done")).isEqualTo(PICTURES);
            assertThat(objects("in")).isEqualTo(place.content("in"));

            Launch.Ended made =
                    imgpipe(counter.address(), "resize", "--size=50", bucket("in"), bucket("out"));
            assertThat(made.code()).as(made.error()).isZero();
            assertThat(made.json("done")).isEqualTo(PICTURES);
            assertThat(place.imgpipe("resize", "--size=50", "in", "expected").code()).isZero();
            assertThat(objects("out")).isEqualTo(place.content("expected"));

            long asked = counter.requests();
            Launch.Ended again =
                    imgpipe(
                            counter.address(),
                            "resize",
                            "--size=50",
                            bucket("in/"),
                            bucket("out/"));
            assertThat(again.json("skipped")).isEqualTo(PICTURES);
            assertThat(counter.requests() - asked).as("a listing each").isLessThanOrEqualTo(2);

            // What is gone is made again, what has changed too, and nothing else.
            Path out = folder.resolve("s3/" + S3Server.BUCKET + "/out/1");
            try (var files = Files.list(out)) {
                Files.delete(files.findFirst().orElseThrow());
            }
            Path changed = place.picture("in/0/a%20b+%25&=%C3%A9%200.png", 90, 80);
            assertThat(imgpipe(counter.address(), "push", "in", bucket("in")).json("done"))
                    .isEqualTo(1);
            assertThat(changed).exists();
            Launch.Ended some =
                    imgpipe(counter.address(), "resize", "--size=50", bucket("in"), bucket("out"));
            assertThat(some.json("done")).isEqualTo(2);
            assertThat(some.json("skipped")).isEqualTo(PICTURES - 2);
        }
    }

    private int port() {
        return Integer.parseInt(server.endpoint().replaceFirst(".*:", ""));
    }

    @Test
    void leavesNoPartOfAnObjectOverANetworkThatFails() throws Exception {
        assertThat(place.imgpipe("resize", "--size=50", "in", "expected").code()).isZero();
        Disturbance faults =
                Disturbance.none().faults(0.1, 7, Kind.CLOSE, Kind.RESET, Kind.LIMIT, Kind.SLICE);
        try (FaultyProxy proxy = new FaultyProxy(port(), faults)) {
            Launch.Ended run = imgpipe(proxy.address(), "resize", "--size=50", "in", bucket("out"));
            assertThat(proxy.faults()).isPositive();
            long failed = run.failedOverNetwork(PICTURES);
            // Of one that is whole there the answers alone may have been lost.
            assertThat(objects("out")).hasSizeBetween((int) (PICTURES - failed), PICTURES);
            if (failed > 0) {
                assertThat(imgpipe(proxy.address(), "retry", bucket("out")).code()).isZero();
            }
        }
        assertThat(objects("out")).isEqualTo(place.content("expected"));
    }

    @Test
    void leavesWhatIsThereIfItIsToldSo() throws Exception {
        Path there =
                Files.createDirectories(folder.resolve("s3/" + S3Server.BUCKET + "/out/1"))
                        .resolve("a b+%&=\u00e9 1.jpg");
        Files.writeString(there, "somebody's");

        Launch.Ended run =
                imgpipe(
                        server.endpoint(),
                        "resize",
                        "--size=50",
                        "--overwrite=never",
                        "in",
                        bucket("out"));

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("done")).isEqualTo(PICTURES - 1);
        assertThat(run.json("skipped")).isEqualTo(1);
        assertThat(there).hasContent("somebody's");
    }

    /** Those that wait for room to fetch must not keep results of the same bucket from leaving. */
    @Test
    void goesOnWhenTheSpoolIsFullAndInAndOutAreOneBucket() throws Exception {
        Path in = Files.createDirectories(folder.resolve("s3/" + S3Server.BUCKET + "/large"));
        for (int i = 0; i < 60; i++) {
            Files.copy(noise(i % 3), in.resolve(i + ".png"));
        }
        Launch.Ended run =
                imgpipe(
                        server.endpoint(),
                        "resize",
                        "--size=50",
                        "--spool-size=1m",
                        "--transfers=2",
                        "-j1",
                        bucket("large"),
                        bucket("small"));

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("done")).isEqualTo(60);
    }

    /** A picture of some 190,000 bytes that nothing makes smaller. */
    private Path noise(int seed) throws IOException {
        Path file = folder.resolve("noise" + seed + ".png");
        if (Files.notExists(file)) {
            BufferedImage picture = new BufferedImage(250, 250, BufferedImage.TYPE_INT_RGB);
            Random random = new Random(seed);
            for (int i = 0; i < 250 * 250; i++) {
                picture.setRGB(i % 250, i / 250, random.nextInt());
            }
            assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
        }
        return file;
    }

    @Test
    void saysInOneLineWhatIsMissing() throws Exception {
        Launch.Ended noBucket = imgpipe(server.endpoint(), "resize", "s3://none/in", "out");
        assertThat(noBucket.code()).isEqualTo(1);
        assertThat(noBucket.error()).contains("there is no bucket none").hasLineCount(1);

        Launch.Ended noCredentials =
                place.imgpipe(
                        "resize",
                        bucket("in"),
                        "out",
                        "--s3-endpoint",
                        server.endpoint(),
                        "--s3-path-style");
        assertThat(noCredentials.code()).isEqualTo(1);
        assertThat(noCredentials.error()).contains("AWS_ACCESS_KEY_ID").hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();

        Launch.Ended inside = imgpipe(server.endpoint(), "resize", bucket("a"), bucket("a/b"));
        assertThat(inside.code()).isEqualTo(2);
        Launch.Ended beside = imgpipe(server.endpoint(), "resize", bucket("a"), bucket("ab"));
        assertThat(beside.code()).isZero();
    }
}
