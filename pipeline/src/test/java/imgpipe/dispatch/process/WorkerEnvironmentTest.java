package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
    @Test
    void letsThroughWhereThingsAreAndNoSecrets() {
        Map<String, String> environment = new HashMap<>();
        for (String name :
                List.of(
                        "PATH",
                        "HOME",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "IMGPIPE_NATIVE",
                        "LD_LIBRARY_PATH",
                        "MALLOC_ARENA_MAX",
                        "AWS_SECRET_ACCESS_KEY",
                        "GITHUB_TOKEN",
                        "SSH_AUTH_SOCK",
                        "JAVA_TOOL_OPTIONS",
                        "IMGPIPE_WORKER_OPTS")) {
            environment.put(name, "value");
        }
        WorkerEnvironment.clean(environment);
        assertThat(environment)
                .containsOnlyKeys(
                        "PATH",
                        "HOME",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "IMGPIPE_NATIVE",
                        "LD_LIBRARY_PATH",
                        "MALLOC_ARENA_MAX");
    }
}
