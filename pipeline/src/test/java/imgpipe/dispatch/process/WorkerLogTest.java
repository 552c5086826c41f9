package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerLogTest {
    private static final String GREETING =
            "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir private Path folder;

    private String tail(String printed) throws IOException {
        try (WorkerLog log = new WorkerLog(folder, 0)) {
            log.drain(
                    new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), "heading");
            return log.tail();
        }
    }

    @Test
    void leavesOutTheGreetingOfTheJvm() throws IOException {
        assertThat(tail(GREETING + "one\n" + GREETING)).isEqualTo("one\n" + GREETING.strip());
        assertThat(folder.resolve("worker-0.log"))
                .content()
                .matches("--- .* heading\\none\\n" + GREETING);
    }

    @Test
    void isNotMadeForTheGreetingAlone() throws IOException {
        assertThat(tail(GREETING)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"W", "WARNING: Using", "WARNING: Using incubator modules: other\nx", "x"})
    void keepsWhatOnlyBeginsLikeIt(String printed) throws IOException {
        assertThat(tail(printed)).isEqualTo(printed);
        assertThat(folder.resolve("worker-0.log")).content().endsWith(printed);
    }
}
