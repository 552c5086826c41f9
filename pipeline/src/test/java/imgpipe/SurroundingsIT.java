package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Poor surroundings, such as those that cron and services give. */
@Timeout(120)
class SurroundingsIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
        place.picture("in/a.jpg", 30, 20);
    }

    /** Runs a line of the shell in which $0 is imgpipe. */
    private Ended shell(String line, String... arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("-c", line, Launch.LAUNCHER.toRealPath().toString()));
        words.addAll(List.of(arguments));
        return place.launch(Map.of()).start(Path.of("/bin/sh"), words.toArray(String[]::new)).end();
    }

    @Test
    void worksWithoutAnEnvironmentAndWithoutInput() throws Exception {
        String home = Launch.distribution().toString();

        Ended run =
                shell(
                        "exec /usr/bin/env -i IMGPIPE_HOME=\"$1\" IMGPIPE_AOT=off IMGPIPE_OFFLINE=1"
                                + " JAVA_HOME=\"$JAVA_HOME\" \"$0\" resize in out <&-",
                        home);

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.content("out")).containsOnlyKeys("a.jpg");
    }

    @Test
    void readsNoListFromAClosedInput() throws Exception {
        Ended run = shell("exec \"$0\" resize - out <&-");

        assertThat(run.code()).as(run.error()).isEqualTo(1);
        assertThat(run.error()).startsWith("imgpipe: ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"'>&-', 1", "'2>&-', 0", "'<&- >&- 2>&-', 1", "'>/dev/full', 1"})
    void makesThePicturesThoughNobodyListens(String streams, int code) throws Exception {
        Ended run = shell("exec \"$0\" resize in out --json " + streams);

        assertThat(run.code()).as(run.error()).isEqualTo(code);
        assertThat(place.content("out")).containsOnlyKeys("a.jpg");
    }

    @Test
    void saysInOneLineThatTheCurrentFolderIsGone() throws Exception {
        Ended run = shell("mkdir gone && cd gone && rmdir ../gone && exec \"$0\" resize in out");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error().lines().filter(line -> line.startsWith("imgpipe: ")))
                .containsExactly("imgpipe: the current folder is gone; start in one that is there");
        assertThat(run.error()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "077, rw-------, rwx------",
        "022, rw-r--r--, rwxr-xr-x",
        "000, rw-rw-rw-, rwxrwxrwx"
    })
    void givesItsFilesThePermissionsThatAreUsual(String mask, String file, String folder)
            throws Exception {
        Ended run = shell("umask " + mask + " && exec \"$0\" resize in out");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(permissions("out/a.jpg")).isEqualTo(file);
        assertThat(permissions("out/.imgpipe/ledger.jsonl")).isEqualTo(file);
        assertThat(permissions("out")).isEqualTo(folder);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(place.file(name)));
    }

    @Test
    void saysThatAnotherUsersOutputIsClosedToIt() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "needs root and setpriv, to be two users");
        assertThat(place.imgpipe("resize", "in", "out").code()).isZero();
        // For the other user to get there.
        for (Path at = place.folder();
                at != null && !at.equals(Path.of("/tmp"));
                at = at.getParent()) {
            if (at.startsWith("/tmp")) {
                Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        Map<String, String> before = place.content("out");

        Ended run =
                shell(
                        "exec setpriv --reuid=65534 --regid=65534 --clear-groups"
                                + " \"$0\" resize in out --size 9");

        assumeTrue(!run.error().contains("JDK"), "needs a JDK that any user may run");
        assumeTrue(run.code() != 126, "needs a checkout that any user may read");
        assertThat(run.code()).as(run.error()).isEqualTo(1);
        assertThat(run.error()).contains("no permission to write to").hasLineCount(1);
        assertThat(place.content("out")).isEqualTo(before);
    }
}
