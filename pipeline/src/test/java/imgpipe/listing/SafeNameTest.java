package imgpipe.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.listing.SafeName.Named;
import imgpipe.listing.SafeName.Refused;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    private static final Path ROOT = Path.of("/out/a b");

    @ParameterizedTest
    @CsvSource({
        "a.jpg,            a.jpg",
        "a b/ü.jpg,        a%20b/%C3%BC.jpg",
        "100%.jpg,         100%25.jpg",
        "a?b#c[1].jpg,     a%3Fb%23c%5B1%5D.jpg",
        "x(1)~!*+;=@&$.jpg,x(1)~!*+;=@&$.jpg",
        "..a/b..,          ..a/b..",
        "...,              ...",
        "a/C:x,            a/C:x"
    })
    void encodesAsPathsDo(String text, String name) {
        assertThat(SafeName.of(text)).isEqualTo(new Named(name));
        assertThat(Path.of(URI.create("file:///out/" + name)).toUri().getRawPath())
                .isEqualTo("/out/" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "../x",
                "a/../x",
                "a/..",
                "..",
                ".",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "..\\x",
                "a\\..\\x",
                "a/b\\../x",
                "\\\\host\\share",
                "\\x",
                "C:x",
                "c:\\x",
                "C:/x",
                "a\0.jpg",
                ".imgpipe/lock.jpg",
                ".IMGPIPE/tmp/a.jpg",
                "\uD800.jpg",
                "\uDC00\uD800"
            })
    void refusesInOneSentence(String text) {
        assertThat(SafeName.of(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.sentence()).matches("the name \"[ -~]*"));
    }

    @Test
    void boundsSegmentsAndWholesByTheirBytes() {
        assertThat(SafeName.of("é".repeat(127) + "a")).isInstanceOf(Named.class);
        assertThat(SafeName.of("é".repeat(128))).isInstanceOf(Refused.class);
        assertThat(SafeName.of("a".repeat(255))).isInstanceOf(Named.class);
        assertThat(SafeName.of("a".repeat(256))).isInstanceOf(Refused.class);
        assertThat(SafeName.of("abc/".repeat(1024) + "a")).isInstanceOf(Refused.class);
        assertThat(SafeName.of("abc/".repeat(1023) + "abcd")).isInstanceOf(Named.class);
    }

    @Test
    void showsLongAndOddTextsOnOneShortLine() {
        Refused refused = (Refused) SafeName.of("../\u001b[2J\n\u202e" + "x".repeat(5000));
        assertThat(refused.sentence()).contains("\\u001b[2J\\u000a\\u202e").hasSizeLessThan(200);
    }

    @Test
    void decodesWhatItEncodesAndStaysBelowTheRoot() {
        long seed = 20261;
        Random random = new Random(seed);
        String[] pieces = {
            "a", "B", ".", "..", "/", "\\", ":", "C", " ", "%", "%2e", "%2F", "\0", "é", "e\u0301",
            "\n", "\u202e", "😀", "\uD83D", "~", "-", "+", "日本"
        };
        Map<String, String> texts = new HashMap<>();
        int named = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(7); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            if (SafeName.of(text.toString()) instanceof Named accepted) {
                named++;
                String name = accepted.name();
                assertThat(SafeName.decode(name)).as("seed %s", seed).isEqualTo(text.toString());
                String other = texts.put(name, text.toString());
                assertThat(other).as(name).isIn(null, text.toString());
                Path file = Path.of(URI.create(ROOT.toUri() + "/" + name));
                assertThat(file).isEqualTo(file.normalize()).startsWithRaw(ROOT).isNotEqualTo(ROOT);
                assertThat(file.toUri().getRawPath()).isEqualTo("/out/a%20b/" + name);
            }
        }
        assertThat(named).isGreaterThan(5_000);
    }

    @Test
    void decodesOnlyNamesOfTexts() {
        for (String name : new String[] {"a%FF", "a%", "a%2", "a%zz", "é"}) {
            assertThatThrownBy(() -> SafeName.decode(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
