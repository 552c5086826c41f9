package imgpipe;

import static imgpipe.Launch.LAUNCHER;
import static imgpipe.Launch.distribution;
import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/imgpipe} and {@code scripts/find-jdk}, on the distribution that the build made.
 */
@Timeout(120)
class LauncherIT {
    private static final Path FINDER = Path.of("..", "scripts", "find-jdk");

    /** Not a {@code @TempDir}: JUnit warns of every link to the outside that it removes. */
    private Path folder;

    private Path home;

    /** A home folder whose {@code .jdks} holds the JDK of this test, wherever that lies. */
    @BeforeEach
    void putAJdkIntoAHomeFolder() throws IOException {
        folder = Files.createTempDirectory(Path.of("target").toRealPath(), "launcher ");
        home = Files.createDirectories(folder.resolve("home"));
        Path jdks = Files.createDirectories(home.resolve(".jdks"));
        Files.createSymbolicLink(jdks.resolve("jdk-25"), Path.of(System.getProperty("java.home")));
    }

    @Test
    void startsTheDistribution() throws Exception {
        Ended run =
                start(Map.of("JAVA_HOME", System.getProperty("java.home")), LAUNCHER, "--version");

        assertThat(run.error()).isEmpty();
        assertThat(run.output()).startsWith("imgpipe ");
        assertThat(run.code()).isZero();
    }

    @Test
    void findsAJdkWhenJavaHomeLeadsNowhere() throws Exception {
        Ended run = start(Map.of("JAVA_HOME", folder + "/no such jdk"), LAUNCHER, "--version");

        assertThat(run.output()).as(run.error()).startsWith("imgpipe ");
    }

    @Test
    void findsAJdkWithoutJavaHomeAndPath() throws Exception {
        Ended run = start(Map.of(), LAUNCHER, "--version");

        assertThat(run.output()).as(run.error()).startsWith("imgpipe ");
    }

    @Test
    void startsThroughLinksAndFoldersWithBlanks() throws Exception {
        Path blank = Files.createDirectories(folder.resolve("a b"));
        Files.createSymbolicLink(blank.resolve("first"), LAUNCHER.toRealPath());
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("a b/first"));

        Ended run = start(Map.of(), second, "--version");

        assertThat(run.output()).as(run.error()).startsWith("imgpipe ");
    }

    @Test
    void startsACopiedDistributionByItself() throws Exception {
        Path copy = folder.resolve("else where");
        Files.createDirectories(copy.resolve("bin"));
        for (String name : new String[] {"imgpipe", "find-jdk"}) {
            Path script = distribution().resolve("bin").resolve(name);
            Files.copy(script, copy.resolve("bin").resolve(name));
            assertThat(copy.resolve("bin").resolve(name)).isExecutable();
        }
        Files.createSymbolicLink(copy.resolve("lib"), distribution().resolve("lib"));

        Ended run = start(Map.of("IMGPIPE_HOME", ""), copy.resolve("bin/imgpipe"), "--version");

        assertThat(run.output()).as(run.error()).startsWith("imgpipe ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "C.UTF-8", "de_DE.ISO-8859-1", "xx_XX.UTF-8"})
    void handsOnNamesInAnyLocale(String locale) throws Exception {
        // The two bytes of an u with two dots are written by the shell: this test's own locale may
        // not know the letter.
        String line = "exec \"$0\" help \"$(printf '\\303\\274')\"";

        Ended run =
                start(
                        Map.of("LANG", locale),
                        Path.of("/bin/sh"),
                        "-c",
                        line,
                        LAUNCHER.toRealPath().toString());

        assertThat(run.error()).contains("\u00fc");
        assertThat(run.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.10", "25.1", "25.0.3.1"})
    void takesAJdkThatFits(String version) throws Exception {
        Path jdk = pretendedJdk(version);

        assertThat(start(Map.of("JAVA_HOME", jdk.toString()), FINDER).output().strip())
                .isEqualTo(jdk.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "25", "25.0.2", "25-ea", "26", "26.0.3", "250.0.3"})
    void passesOverAJdkThatDoesNot(String version) throws Exception {
        Path jdk = pretendedJdk(version);

        assertThat(start(Map.of("JAVA_HOME", jdk.toString()), FINDER).output().strip())
                .isNotEmpty()
                .isNotEqualTo(jdk.toString());
    }

    /** Enough of a JDK to be found; nothing of it must be run. */
    private Path pretendedJdk(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk"));
        Path program = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\nexit 9\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private Ended start(Map<String, String> environment, Path program, String... arguments)
            throws Exception {
        return new Launch(folder, home, environment).start(program, arguments).end();
    }
}
