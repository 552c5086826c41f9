package imgpipe.transfer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleKeyTest {
    @ParameterizedTest
    @CsvSource({
        "a.jpg,                     a",
        "a,                         a",
        ".a,                        %2Ea",
        "d.x/a,                     d%2Ex/a",
        "example.com/v1.2.jpg,      example%2Ecom/v1%2E2",
        "a%20b/%C3%BC.jpg,          a b/ü",
        "50%25.jpg,                 50%25",
        "%2525.jpg,                 %2525",
        "a%5Cb%0A.jpg,              a%5Cb%0A",
        "%FFx%C3.jpg,               %FFx%C3",
        "%F0%9F%98%80.jpg,          😀"
    })
    void hasNoDotsAndIsReadable(String name, String key) {
        assertThat(SampleKey.of(name)).isEqualTo(key);
    }

    @Test
    void standsForOneName() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(9) + 1];
            random.nextBytes(bytes);
            StringBuilder uri = new StringBuilder("file:///");
            for (byte b : bytes) {
                // Many of those that are special.
                int c = random.nextInt(3) == 0 ? ".%\\é/a".charAt(random.nextInt(6)) : b;
                uri.append('%').append(HexFormat.of().toHexDigits((byte) (c == 0 ? 'x' : c)));
            }
            Path path = Path.of(URI.create(uri.toString())).normalize();
            String name = path.toUri().getRawPath().substring(1);
            if (name.isEmpty() || name.endsWith("/")) {
                continue;
            }
            String key = SampleKey.of(name + ".jpg");
            assertThat(key).as("seed %s", seed).doesNotContain(".", "\\");
            assertThat(SampleKey.name(key)).as("seed %s", seed).isEqualTo(name);
        }
    }
}
