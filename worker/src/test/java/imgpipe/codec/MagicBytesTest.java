package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ImageFormat;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicBytesTest {
    @ParameterizedTest
    @EnumSource
    void everyFormatIsKnownByItsBytes(ImageFormat format) {
        assertThat(MagicBytes.sniff(Fixtures.segment(Fixtures.file(format)))).contains(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "This is a text that somebody named photo.jpg, and it is long enough for a header.",
                "<!DOCTYPE html><html><head><title>Not found</title></head></html>",
                "PNG is a format",
                "BM is short for a lot of things, one of which is not a bitmap",
                "Peter has P5 but no picture",
                "{\"json\": true, \"padding\": \"................................\"}"
            })
    void textIsNoPicture(String text) {
        MemorySegment file = Fixtures.segment(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(MagicBytes.sniff(file)).isEmpty();
    }

    @Test
    void zerosAreNoPicture() {
        assertThat(MagicBytes.sniff(Fixtures.segment(new byte[1000]))).isEmpty();
    }

    @Test
    void noiseIsHardlyEverAPicture() {
        long seed = 4711;
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            taken += MagicBytes.sniff(Fixtures.segment(noise)).isPresent() ? 1 : 0;
        }
        assertThat(taken).as("seed %d", seed).isLessThan(5);
    }
}
