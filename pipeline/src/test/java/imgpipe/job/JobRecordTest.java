package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRecordTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":1,\"arguments\":[\"resize\"],\"root\":\"http://host/x\"}",
                "{\"format\":1,\"arguments\":[\"resize\"],\"root\":\"jar:file:///a!/\"}",
                "{\"format\":1,\"arguments\":[\"resize\"],\"root\":\"file:///a\",\"manifest\":\"x:y\"}",
                "{\"format\":1,\"arguments\":[\"resize\"],\"root\":\"no address\"}",
                "{\"format\":\"1\"}"
            })
    void refusesWhatIsNoRecord(String text) throws IOException {
        Files.writeString(folder.resolve("job.json"), text);

        assertThatThrownBy(() -> JobRecord.read(folder))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("is torn or was changed");
    }
}
