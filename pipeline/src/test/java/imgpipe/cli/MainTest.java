package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void saysOneLineAboutBadUsage() {
        assertThat(Captured.run("resize", "/not/there", "out"))
                .isEqualTo(
                        new Captured(
                                ExitCode.USAGE,
                                "",
                                "imgpipe: IN \"/not/there\" is not there; name a folder, a file, a"
                                        + " tar or zip, an address, a quoted glob, or - for a list"
                                        + " of names on standard input\n"));
    }

    @Test
    void tellsOfARefusedRunAsJsonToo() {
        Captured missing = Captured.run("resize", "--json", "/not/there", "out");
        Captured unknown = Captured.run("retry", "out", "--json", "--nonsense");

        assertThat(missing.out())
                .startsWith("{")
                .endsWith("}\n")
                .contains("\"verb\" : \"resize\"", "\"found\" : 0", "\"exitCode\" : 2")
                .contains("\"message\" : \"IN \\\"/not/there\\\" is not there;");
        assertThat(unknown.out()).contains("\"verb\" : \"retry\"", "--nonsense");
        assertThat(Captured.run("resize", "/not/there", "out", "--", "--json").out()).isEmpty();
        assertThat(Captured.run("identify", "--json").out()).isEmpty();
    }

    @Test
    void addsTheStackTraceWhenVerbose() {
        Captured captured = Captured.run("-v", "resize", "/not/there", "out");

        assertThat(captured.err().lines().skip(1))
                .allMatch(line -> line.matches("imgpipe.*|\tat .*"));
        assertThat(captured.err()).contains("UsageException");
    }

    @Test
    void knowsItsVersion() {
        Captured captured = Captured.run("--version");

        assertThat(captured.code()).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).matches("imgpipe \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    }

    @Test
    void helps() {
        assertThat(Captured.run("--help").out()).isEqualTo(HelpText.overview());
        assertThat(Captured.run("help").out()).isEqualTo(HelpText.overview());
        assertThat(Captured.run("help", "run").out()).isEqualTo(HelpText.of(Verb.RUN));
        assertThat(Captured.run("run", "-h").out()).isEqualTo(HelpText.of(Verb.RUN));
        assertThat(Captured.run("help", "rum").code()).isEqualTo(ExitCode.USAGE);
    }
}
