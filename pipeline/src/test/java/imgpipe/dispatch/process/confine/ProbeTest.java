package imgpipe.dispatch.process.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class ProbeTest {
    /** Numbers as in asm-generic/errno.h. */
    @ParameterizedTest
    @CsvSource({"38, false, no Landlock", "95, false, lsm=", "1, true, seccomp"})
    void tellsAKernelWithoutItFromOneThatIsToldNotTo(int errno, boolean forbidden, String text) {
        Confinement.Unavailable found = Probe.unavailable(errno, "it failed");
        assertThat(found.forbidden()).isEqualTo(forbidden);
        assertThat(found.reason()).contains(text);
    }

    @Test
    void looksFromTwoThreadsAtOnce() throws Exception {
        Thread other = Thread.ofPlatform().start(Confinement::ofThisKernel);
        assertThat(Confinement.ofThisKernel()).isNotNull();
        other.join();
    }

    @Test
    void readsWhichLoaderAProgramNames() throws IOException {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux") && shell.toFile().exists(),
                "needs Linux");
        assertThat(Interpreter.of(shell))
                .hasValueSatisfying(
                        loader -> {
                            assertThat(loader).exists();
                            assertThat(loader.getFileName().toString()).startsWith("ld-");
                        });
        assertThat(Interpreter.of(Path.of("/etc/passwd"))).isEmpty();
        assertThat(Interpreter.of(Path.of("/not/there"))).isEmpty();
    }
}
