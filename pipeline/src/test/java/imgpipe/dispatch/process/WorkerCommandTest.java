package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.pipe.PipePair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
    private static final MemoryPlan PLAN = MemoryPlan.of(4L << 30, 1, 0, 1_000_000);

    /** Otherwise "bench" would compare the compiler's options instead of threads and processes. */
    @Test
    void compilesAsTheLauncherHasThreadsCompiled() throws Exception {
        String launcher = Files.readString(Path.of("..", "scripts", "imgpipe"));
        PoolSettings settings =
                PoolSettings.of(
                        1,
                        Duration.ofSeconds(1),
                        PLAN,
                        new Recycling(Recycling.PICTURES, Long.MAX_VALUE),
                        Path.of("target"),
                        null);

        List<String> command =
                WorkerCommand.of(settings, 0, 0, new PipePair(Path.of("/c"), Path.of("/e")));

        assertThat(command)
                .filteredOn(option -> option.startsWith("-XX:Compile"))
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        option ->
                                assertThat(launcher)
                                        .contains(option.replace("-XX:CompileCommand=", "")));
    }
}
