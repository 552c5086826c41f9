package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @Test
    void saysWhereItLookedForWhatIsNotThere() {
        NativeLibrary.Search search = NativeLibrary.search("imgpipe-has-no-such-library", 3);

        assertThat(search.library()).isEmpty();
        assertThat(search.tried())
                .anyMatch(line -> line.startsWith("the system's loader: no libimgpipe-has-no-"))
                .anyMatch(line -> line.startsWith("/usr/local/lib: no libimgpipe-has-no-"));
    }

    @Test
    void takesFromAFolderOnlyWhatCodecsNeed(@TempDir Path folder) throws IOException {
        String ending = NativeFolders.MAC ? ".1.dylib" : ".so.1";
        Path wanted = Files.createFile(folder.resolve("libde265" + ending));
        Files.createFile(folder.resolve("libsystemd" + ending));

        assertThat(NativeFolders.libraries(folder)).containsExactly(wanted);
    }
}
