package imgpipe.listing;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.listing.SafeName.Named;
import imgpipe.listing.SafeName.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressNameTest {
    private static String name(String address) {
        return ((Named) AddressName.of(address)).name();
    }

    private static String print(String text) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, 12);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a/b.jpg,                 example.com/a/b.jpg",
        "HTTPS://Example.COM/A.JPG,                  example.com/A.JPG",
        "http://example.com:8080/b.jpg,              example.com+8080/b.jpg",
        "http://example.com:80/b.jpg,                example.com/b.jpg",
        "https://example.com:443/b.jpg,              example.com/b.jpg",
        "http://example.com:/b.jpg,                  example.com/b.jpg",
        "http://[2001:db8::1]:81/b.jpg,              %5B2001:db8::1%5D+81/b.jpg",
        "http://user:geheim@example.com/b.jpg,       example.com/b.jpg",
        "http://user@x@example.com/b.jpg,            example.com/b.jpg",
        "http://example.com,                         example.com/index",
        "http://example.com/,                        example.com/index",
        "http://example.com/a/,                      example.com/a/index",
        "http://example.com/a/..,                    example.com/index",
        "http://example.com?x,                       example.com/index-2d711642b726",
        "http://example.com/a//b/./c/../d.jpg,       example.com/a/b/d.jpg",
        "http://example.com/b.jpg#x?y,               example.com/b.jpg",
        "http://example.com/%C3%BC%20x.jpg,          example.com/%C3%BC%20x.jpg",
        "http://example.com/ü x.jpg,                 example.com/%C3%BC%20x.jpg",
        "http://example.com/50%.jpg,                 example.com/50%25.jpg",
        "http://example.com/%ff.jpg,                 example.com/%25ff.jpg",
        "http://example.com/..%2f..%2Fetc,           example.com/..%252f..%252Fetc",
        "s3://bucket/a%20b?c#d.jpg,                  bucket/a%2520b%3Fc%23d.jpg"
    })
    void mirrorsHostAndPath(String address, String name) {
        assertThat(AddressName.of(address)).isEqualTo(new Named(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/../b.jpg",
                "http://example.com/a/../../b.jpg",
                "http://example.com/%2e%2e/b.jpg",
                "http://example.com/a/..%5c..%5cb.jpg",
                "http://example.com/a%00.jpg",
                "http://../b.jpg",
                "http:///b.jpg",
                "http://user:geheim@/b.jpg",
                "http://a\\..\\b/c.jpg"
            })
    void refusesWhatLeavesTheTree(String address) {
        assertThat(AddressName.of(address))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.sentence()).doesNotContain("geheim"));
    }

    @Test
    void tellsQueriesApartWithoutTellingThem() throws Exception {
        assertThat(name("http://h/a.jpg?id=1&w=2"))
                .isEqualTo("h/a-" + print("id=1&w=2") + ".jpg")
                .isNotEqualTo(name("http://h/a.jpg?id=2&w=2"));
        assertThat(name("http://h/show?id=1")).isEqualTo("h/show-" + print("id=1"));
        assertThat(name("http://h/.a?id=1")).isEqualTo("h/.a-" + print("id=1"));
        assertThat(name("http://h/a/?id=1")).isEqualTo("h/a/index-" + print("id=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2Fs3&X-Amz-Date=2026"
                        + "&X-Amz-Expires=9&X-Amz-SignedHeaders=host&X-Amz-Signature=ab",
                "AWSAccessKeyId=A&Signature=b&Expires=1",
                "Policy=p&Signature=s&Key-Pair-Id=k",
                "GoogleAccessId=g&Expires=1&Signature=x",
                "x-goog-signature=1&X-GOOG-Date=2",
                "sv=2024&st=1&se=2&sr=b&sp=r&sig=abc",
                "token=t&ACCESS_TOKEN=u&key=k&api_key=l",
                "%74oken=t",
                "&&",
                ""
            })
    void leavesSignaturesOut(String query) throws Exception {
        assertThat(name("http://h/a.jpg?" + query)).isEqualTo("h/a.jpg");
        assertThat(name("http://h/a.jpg?v=7&" + query)).isEqualTo("h/a-" + print("v=7") + ".jpg");
    }

    @Test
    void takesShortWordsOfAzureForSignaturesBesideOneOnly() {
        assertThat(name("http://h/a.jpg?sp=1")).isNotEqualTo(name("http://h/a.jpg?sp=2"));
    }

    @Test
    void cutsLongSegmentsAndKeepsThemApart() throws Exception {
        String segment = "é".repeat(150) + ".jpg";
        String text = SafeName.decode(name("http://h/" + segment));
        assertThat(text).isEqualTo("h/" + "é".repeat(91) + "-" + print(segment) + ".jpg");
        assertThat(name("http://h/x" + segment)).isNotEqualTo(name("http://h/y" + segment));
        assertThat(name("http://h/" + "a".repeat(200))).isEqualTo("h/" + "a".repeat(200));
        assertThat(name("http://h/" + "a".repeat(201)).length()).isEqualTo(202);
        assertThat(AddressName.of("http://h/" + "a/".repeat(3000))).isInstanceOf(Refused.class);
    }
}
