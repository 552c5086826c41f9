package imgpipe.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org/a.jpg, https://example.org/a.jpg",
        "https://user:secret@example.org/a.jpg, https://example.org/a.jpg",
        "https://user:se@cret@example.org/a.jpg, https://example.org/a.jpg",
        "https://example.org/a@b.jpg, https://example.org/a@b.jpg",
        "https://example.org/a.jpg?sig=secret, https://example.org/a.jpg?…",
        "https://example.org/a.jpg#secret?secret, https://example.org/a.jpg?…",
        "https://u:s@example.org/?a=u:s@x, https://example.org/?…",
        "photos/a@b.jpg, photos/a@b.jpg"
    })
    void showsNothingThatMayBeASecret(String address, String shown) {
        assertThat(Addresses.readable(address)).isEqualTo(shown);
    }

    @Test
    void takesTheLastAtSignForTheEndOfThePassword() {
        assertThat(Addresses.host("http://user:p@ss@Example.org:8080/x@y"))
                .isEqualTo("example.org:8080");
        assertThat(Addresses.host("s3://photos/2026")).isEqualTo("photos");
        assertThat(Addresses.host("photos/2026")).isEmpty();
    }
}
