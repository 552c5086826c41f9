package imgpipe.dispatch.process.confine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
    /** What the kernel's documentation calls the last right of each version, by its bit. */
    @ParameterizedTest
    @CsvSource({
        "1, 0x1fff, 0, 0",
        "2, 0x3fff, 0, 0",
        "3, 0x7fff, 0, 0",
        "4, 0x7fff, 3, 0",
        "5, 0xffff, 3, 0",
        "6, 0xffff, 3, 3",
        "7, 0xffff, 3, 3",
        "9, 0xffff, 3, 3",
    })
    void asksOfEachVersionWhatItKnows(int abi, String files, long network, long scopes) {
        assertThat(Rights.files(abi)).isEqualTo(Long.decode(files));
        assertThat(Rights.network(abi)).isEqualTo(network);
        assertThat(Rights.scopes(abi)).isEqualTo(scopes);
    }

    @Test
    void grantsOnAFileWhatFilesCanHave() {
        assertThat(Rights.granted(Access.READ, true, 7)).isEqualTo(0b1100);
        assertThat(Rights.granted(Access.READ, false, 7)).isEqualTo(0b0100);
        assertThat(Rights.granted(Access.MAKE, false, 7)).isEqualTo(0b100_0000_0000_0110);
        assertThat(Rights.granted(Access.MAKE, false, 2)).isEqualTo(0b0110);
    }
}
