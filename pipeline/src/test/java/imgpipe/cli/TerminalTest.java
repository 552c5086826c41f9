package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsLinesAboveTheStatusLine() {
        Terminal terminal = terminal(Map.of());
        terminal.show("1/2");
        terminal.err("a warning");
        terminal.clear();
        terminal.clear();
        terminal.err("the end");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[K1/2" + "\r\033[Ka warning\n1/2" + "\r\033[K" + "the end\n");
    }

    @Test
    void isInteractiveOnlyWhereTheLauncherSaysSo() {
        assertThat(terminal(Map.of("TERM", "xterm")).isInteractive()).isFalse();
        assertThat(terminal(Map.of("IMGPIPE_STDERR_TTY", "1", "TERM", "xterm")).isInteractive())
                .isTrue();
        assertThat(terminal(Map.of("IMGPIPE_STDERR_TTY", "1", "TERM", "dumb")).isInteractive())
                .isFalse();
        assertThat(terminal(Map.of("IMGPIPE_STDERR_TTY", "1")).isInteractive()).isFalse();
    }

    @Test
    void respectsNoColor() {
        Map<String, String> environment = Map.of("IMGPIPE_STDERR_TTY", "1", "TERM", "xterm");
        assertThat(terminal(environment).colored()).isTrue();
        assertThat(
                        terminal(
                                        Map.of(
                                                "IMGPIPE_STDERR_TTY", "1",
                                                "TERM", "xterm",
                                                "NO_COLOR", "1"))
                                .colored())
                .isFalse();
    }

    @Test
    void takesTheWidthFromTheLauncher() {
        assertThat(terminal(Map.of("IMGPIPE_COLUMNS", "132")).columns()).isEqualTo(132);
        assertThat(terminal(Map.of("IMGPIPE_COLUMNS", "")).columns()).isEqualTo(80);
        assertThat(terminal(Map.of("IMGPIPE_COLUMNS", "0")).columns()).isEqualTo(80);
    }

    private Terminal terminal(Map<String, String> environment) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
    }
}
