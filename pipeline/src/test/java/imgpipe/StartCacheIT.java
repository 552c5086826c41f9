package imgpipe;

import static imgpipe.Launch.LAUNCHER;
import static imgpipe.Launch.distribution;
import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The caches that the launcher makes for faster starts, with a distribution of this test's own. */
@Timeout(120)
class StartCacheIT {
    @TempDir static Path folder;

    private static Path copy;
    private static String prepared;

    /** One picture resized with a distribution that was never started before. */
    @BeforeAll
    static void startOnce() throws Exception {
        copy = copyOf(distribution(), folder.resolve("my copy"));
        Files.createDirectories(folder.resolve("home"));
        Files.copy(
                Path.of("..", "samples", "orientation", "coast-6.jpg"),
                Files.createDirectory(folder.resolve("in")).resolve("a.jpg"));
        prepared = resize("first", Map.of()).error();
    }

    @Test
    void areMadeByTheFirstStart() throws Exception {
        assertThat(prepared).contains("preparing fast starts");
        assertThat(caches()).hasSize(3);
    }

    @Test
    void areUsedByTheNext() throws Exception {
        assertThat(loadedFromCache("second", Map.of())).isTrue();
    }

    @Test
    void areUsedByWorkersToo() throws Exception {
        // Not to a file, which a confined worker may not write.
        resize("third", Map.of("IMGPIPE_WORKER_OPTS", "-Xlog:class+load:stderr"));

        assertThat(folder.resolve("third/.imgpipe/worker-0.log"))
                .content()
                .contains("imgpipe.worker.WorkerMain source: shared objects file");
    }

    @Test
    void areLeftAloneWhenSwitchedOff() throws Exception {
        assertThat(loadedFromCache("off", Map.of("IMGPIPE_AOT", "off"))).isFalse();
    }

    /** Java itself would take the old classes. */
    @Test
    void areMadeAnewForOtherJars() throws Exception {
        Path home = copyOf(folder.resolve("home"), folder.resolve("other home"));
        Path added = Files.writeString(copy.resolve("lib").resolve("z.jar"), "other");
        try {
            Ended run = start(home, "after", Map.of());

            assertThat(run.error()).contains("preparing fast starts");
            assertThat(caches(home))
                    .hasSize(3)
                    .extracting(Path::getFileName)
                    .doesNotContainAnyElementsOf(caches().stream().map(Path::getFileName).toList());
        } finally {
            Files.delete(added);
        }
    }

    @Test
    void mayBeDamaged() throws Exception {
        Path home = copyOf(folder.resolve("home"), folder.resolve("third home"));
        for (Path cache : caches(home)) {
            Files.write(cache, new byte[100]);
        }

        Ended run = start(home, "damaged", Map.of());

        assertThat(run.error()).isEmpty();
        assertThat(run.json("done")).isEqualTo(1);
    }

    private static boolean loadedFromCache(String out, Map<String, String> environment)
            throws Exception {
        Path log = folder.resolve(out + ".log");
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("IMGPIPE_OPTS", "-Xlog:class+load:file=" + log.getFileName());
        resize(out, variables);
        return Files.readString(log).contains("imgpipe.cli.Main source: shared objects file");
    }

    private static Ended resize(String out, Map<String, String> environment) throws Exception {
        return start(folder.resolve("home"), out, environment);
    }

    private static Ended start(Path home, String out, Map<String, String> environment)
            throws Exception {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("IMGPIPE_AOT", "");
        variables.put("IMGPIPE_HOME", copy.toString());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        Ended run =
                new Launch(folder, home, variables)
                        .start(LAUNCHER, "resize", "in", out, "--json")
                        .end();
        assertThat(run.code()).as(run.error()).isZero();
        return run;
    }

    private static List<Path> caches() throws IOException {
        return caches(folder.resolve("home"));
    }

    private static List<Path> caches(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(".cache"))) {
            return files.filter(file -> file.toString().matches(".*/start/\\d+/\\d+-\\d+\\.[a-z]+"))
                    .toList();
        }
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
        return to;
    }
}
