package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.store.Addresses;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3AddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a/b.jpg|a/b.jpg",
                "a b+c.jpg|a%20b%2Bc.jpg",
                "100%.jpg|100%25.jpg",
                "a%20b|a%2520b",
                "ü.jpg|%C3%BC.jpg",
                "a//b|a//b",
                "/a/|/a/",
                "../x|%2E%2E/x",
                "./..|%2E/%2E%2E",
                "...|...",
                "a?b#c|a%3Fb%23c",
                "\"\"|\"\""
            })
    void encodesSegments(String key, String path) {
        assertThat(S3Address.encode(key)).isEqualTo(path);
        assertThat(S3Address.decode(path)).isEqualTo(key);
    }

    @Test
    void encodesControlLettersAndWhatLiesBeyondSixteenBits() {
        assertThat(S3Address.encode("a\nb\u0000\u007f\uD83D\uDE00"))
                .isEqualTo("a%0Ab%00%7F%F0%9F%98%80");
    }

    @Test
    void undoesWhatItEncodes() {
        Random random = new Random(6);
        String letters = "ab/.%+ \n\u0001é漢\u2028?#&=:@\\\"'~-_";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder key = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                key.append(letters.charAt(random.nextInt(letters.length())));
            }
            S3Address address = new S3Address("bucket", key.toString());

            assertThat(S3Address.parse(address.toString())).isEqualTo(address);
            // Nothing in it that looks like a query, a user, or a way out of the folder.
            assertThat(Addresses.readable(address.toString())).isEqualTo(address.toString());
            assertThat(S3Address.encode(key.toString()).split("/")).doesNotContain(".", "..");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket,               bucket, ''",
        "s3://bucket/,              bucket, ''",
        "S3://bucket/a/,            bucket, a/",
        "s3://bucket/my photos/,    bucket, my photos/",
        "s3://bucket/my%20photos/,  bucket, my photos/",
        "s3://bucket/100%/,         bucket, 100%/",
        "s3://bucket/100%2/,        bucket, 100%2/",
        "s3://bucket//a,            bucket, /a",
        "s3://my.old_Bucket/a?b,    my.old_Bucket, a?b"
    })
    void readsWhatAPersonTypes(String address, String bucket, String key) {
        assertThat(S3Address.parse(address)).isEqualTo(new S3Address(bucket, key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3:///a",
                "s3://a",
                "s3://key:secret@bucket/a",
                "s3:bucket",
                "/a/b"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> S3Address.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void isAFolderWithASlash() {
        assertThat(S3Address.parse("s3://bucket/a").folder().key()).isEqualTo("a/");
        assertThat(S3Address.parse("s3://bucket/a/").folder().key()).isEqualTo("a/");
        assertThat(S3Address.parse("s3://bucket").folder().key()).isEmpty();
    }
}
