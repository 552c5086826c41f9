package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The compiled code of each width needs a JVM of its own: the species are constants. Vectors of 8
 * bytes are too short, so that plain loops are taken.
 */
class VectorWidthsIT {
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    @Timeout(100)
    void vectorsOfEachWidthAgreeWithPlainLoops(int bytes) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:MaxVectorSize=" + bytes,
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LanesAgreement.class.getName(),
                                "1",
                                "1000")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // A machine without such wide vectors uses the widest it has.
        assertThat(output).containsPattern("agreed with (64|128|256|512) bits");
        assertThat(process.waitFor()).isZero();
    }
}
