package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchVerbTest {
    @TempDir private Path folder;

    private void refuses(String sentence, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "bench";
        args[1] = folder.toString();
        System.arraycopy(more, 0, args, 2, more.length);

        Captured run = Captured.run(args);

        assertThat(run.err()).isEqualTo("imgpipe: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void refusesNoRounds() {
        refuses("--rounds \"0\" cannot be; write a whole number from 1 to 1000", "--rounds", "0");
    }

    @Test
    void refusesNoPictures() {
        refuses("--limit \"0\" cannot be; write a whole number from 1 to 1000000", "--limit", "0");
    }

    @Test
    void refusesAChartThatCannotBeWritten() throws Exception {
        Path file = folder.resolve("none/chart.svg");
        refuses(
                "--svg \"" + file + "\" cannot be; write the name of a file that can be written",
                "--svg",
                file.toString());
        refuses(
                "--svg \"" + folder + "\" cannot be; write the name of a file that can be written",
                "--svg",
                folder.toString());
        assertThat(Files.exists(file.getParent())).isFalse();
    }

    @Test
    void takesNoOut() {
        Captured run = Captured.run("bench", "in", "out");

        assertThat(run.err()).contains("bench takes IN, so what is \"out\"?");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void doesNotMeasureForOtherVerbs() {
        assertThat(Captured.run("resize", "in", "out", "--rounds", "3").err())
                .startsWith("imgpipe: --rounds does not go with resize");
        assertThat(Captured.run("bench", "in", "--overwrite", "never").err())
                .startsWith("imgpipe: --overwrite does not go with bench");
    }
}
