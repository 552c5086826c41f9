package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ImageFormat;
import org.junit.jupiter.api.Test;

class MachineVerbsTest {
    @Test
    void listsEveryFormatWithTheCodecThatReadsIt() {
        String table = Captured.run("formats").out();

        for (ImageFormat format : ImageFormat.values()) {
            assertThat(table.lines().filter(line -> line.startsWith(format + " ")))
                    .singleElement()
                    .asString()
                    .contains(String.join(" ", format.extensions()));
        }
        assertThat(table.lines().filter(line -> line.startsWith("psd ")))
                .singleElement()
                .asString()
                .endsWith("-");
    }

    @Test
    void tellsWhatIsHereAndEndsWell() {
        Captured doctor = Captured.run("doctor");

        assertThat(doctor.code()).isEqualTo(ExitCode.OK);
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out())
                .contains("Java", Runtime.version().toString(), "named pipes")
                .contains("libturbojpeg", "libdeflate", "libwebp", "libheif");
        long marked = doctor.out().lines().filter(line -> line.startsWith("! ")).count();
        assertThat(doctor.out()).contains(marked == 0 ? "Nothing is missing." : marked + " remark");
    }
}
