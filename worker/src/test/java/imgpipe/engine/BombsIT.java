package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process with a small heap does all of {@link Bombs}, and takes little. */
class BombsIT {
    /** The JVM with all codecs loaded has 150 to 200 MB; the heap is 256 MB. */
    private static final long MOST_MEMORY = 450L << 20;

    @TempDir private Path folder;

    @Test
    @Timeout(120)
    void areRefusedByTheirHeadersWithASmallHeap() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Map<String, byte[]> bombs = Bombs.all();
        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            Files.write(in.resolve(bomb.getKey()), bomb.getValue());
        }
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BombWorker.class.getName(),
                                in.toString(),
                                Files.createDirectory(folder.resolve("out")).toString())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(lines).as(Files.readString(errors)).hasSameSizeAs(bombs.keySet());
        SoftAssertions each = new SoftAssertions();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            each.assertThat(fields[1])
                    .as(line)
                    .matches(
                            fields[0].startsWith("made")
                                    ? "DONE"
                                    : "(LIMIT|CORRUPT|TRUNCATED|UNSUPPORTED|NOT_A_PICTURE): .*");
            each.assertThat(Long.parseLong(fields[3])).as(line).isLessThan(MOST_MEMORY);
        }
        each.assertAll();
    }
}
