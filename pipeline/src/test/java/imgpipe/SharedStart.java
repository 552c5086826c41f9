package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The launcher's caches for faster starts, which all places share as if they were one user's. They
 * lie in the build's own folder; the first start of this JVM makes them, unless another has done so
 * for the same jars.
 */
final class SharedStart {
    private static boolean ready;

    private SharedStart() {}

    /** The variables with which a start uses them. */
    static synchronized Map<String, String> environment() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target").toRealPath().resolve("starts"));
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "IMGPIPE_AOT",
                        "",
                        "XDG_CACHE_HOME",
                        folder.toString());
        if (!ready) {
            // So that no test sees the launcher say that it prepares them.
            Path first = Files.createTempDirectory(folder, "first-");
            Launch.Ended run = new Launch(first, first, environment).imgpipe("formats");
            assertThat(run.code()).as(run.error()).isZero();
            ready = true;
        }
        return environment;
    }
}
