package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.ImageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "{dir}{stem}.{ext}, a/b/c.jpg, JPEG, a/b/c.jpg",
        "{dir}{stem}.{ext}, c.JPEG, JPEG, c.JPEG",
        "{dir}{stem}.{ext}, c.psd, PNG, c.png",
        "{dir}{stem}.{ext}, a.b/c, JPEG, a.b/c.jpg",
        "{dir}{stem}.{ext}, a/b.tar.png, WEBP, a/b.tar.webp",
        "{dir}{stem}-{srcext}.{ext}, a/c.png, WEBP, a/c-png.webp",
        "{dir}{stem}-{size}.{ext}, a/c.jpg, JPEG, a/c-800x600.jpg",
        "{width}/{height}/{stem}.{ext}, a/c.jpg, JPEG, 800/600/c.jpg"
    })
    void namesTheOutput(String template, String source, ImageFormat format, String expected) {
        assertThat(new NameTemplate(template).expand(source, format, "800x600", "800", "600"))
                .isEqualTo(expected);
    }

    @Test
    void encodesWhatIsTypedForEncodedNames() {
        assertThat(
                        new NameTemplate("kl\u00e9in {stem}%.{ext}")
                                .encoded()
                                .expand("a%20b.jpg", ImageFormat.JPEG, "", "", ""))
                .isEqualTo("kl%C3%A9in%20a%20b%25.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "{size}/{stem}.{ext}, 8x6/c.jpg",
        "{size}/thumb-{stem}.{ext}, 8x6/thumb-c.jpg",
        "{size}/my thumbs/{stem}.{ext}, 8x6/my%20thumbs/c.jpg"
    })
    void encodesWhatBeginsWithASlash(String template, String expected) {
        assertThat(
                        new NameTemplate(template)
                                .encoded()
                                .expand("c.jpg", ImageFormat.JPEG, "8x6", "8", "6"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{dir}x.{ext}", "{stem}{what}", "../{stem}", "/{stem}", "a/../{stem}"})
    void refusesWhatCannotBe(String template) {
        assertThatThrownBy(() -> new NameTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{");
    }
}
