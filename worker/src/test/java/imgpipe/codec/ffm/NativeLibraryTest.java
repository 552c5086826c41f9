package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    @Test
    void saysWhereItLookedForWhatIsNotThere() {
        NativeLibrary.Search search = NativeLibrary.search("imgpipe-has-no-such-library", 3);

        assertThat(search.library()).isEmpty();
        assertThat(search.tried())
                .anyMatch(line -> line.startsWith("the system's loader: no libimgpipe-has-no-"))
                .anyMatch(line -> line.startsWith("/usr/local/lib: no libimgpipe-has-no-"));
    }
}
