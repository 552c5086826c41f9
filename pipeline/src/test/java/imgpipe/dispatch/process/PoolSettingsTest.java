package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {
    @Test
    void keepsTheCoordinatorsLibrariesFromWorkers() {
        String path =
                String.join(
                        File.pathSeparator,
                        "/opt/coordinator/lib/worker.jar",
                        "/opt/coordinator/lib/coordinator/s3.jar",
                        "classes",
                        "/opt/coordinator/lib/coordinator.jar");

        assertThat(PoolSettings.workerPath(path))
                .isEqualTo(
                        String.join(
                                File.pathSeparator,
                                "/opt/coordinator/lib/worker.jar",
                                "classes",
                                "/opt/coordinator/lib/coordinator.jar"));
    }
}
