package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.Chroma;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Gravity;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeParserTest {
    @Test
    void readsAWholeRecipe() throws RecipeException {
        Recipe recipe =
                RecipeParser.parse(
                        "orient | resize 800x600 cover north mitchell enlarge background=#abc best"
                                + " | color srgb | flatten black | jpeg q=75 chroma=444 progressive"
                                + " max=200000");
        assertThat(recipe.operations())
                .containsExactly(
                        new Orient(),
                        new Resize(
                                new Box.Pixels(800, 600),
                                Fit.COVER,
                                Gravity.NORTH,
                                Kernel.MITCHELL,
                                true,
                                new Rgb(0xAA, 0xBB, 0xCC),
                                true,
                                false,
                                false),
                        new ToSrgb(),
                        new Flatten(new Rgb(0, 0, 0)));
        assertThat(recipe.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(recipe.settings())
                .isEqualTo(
                        EncodeSettings.DEFAULT
                                .withQuality(75)
                                .withChroma(Chroma.S444)
                                .withProgressive(true)
                                .withMaxBytes(200_000));
    }

    @Test
    void readsMarks() throws RecipeException {
        assertThat(RecipeParser.parse("watermark 'a b%''.png' | watermark x%41ü.png").operations())
                .extracting(step -> ((Watermark) step).mark())
                .containsExactly(
                        new Mark.File("a%20b%25%27.png", ""), new Mark.File("xA%C3%BC.png", ""));
        assertThat(RecipeParser.parse("watermark text='it''s | 5%' size=5 color=red").operations())
                .containsExactly(
                        new Watermark(
                                new Mark.Text(
                                        "it's | 5%", new Rgb(255, 0, 0), new Length(5, false)),
                                Gravity.SOUTHEAST,
                                60,
                                new Length(2, true),
                                null,
                                false));
    }

    @Test
    void hasDefaults() throws RecipeException {
        assertThat(RecipeParser.parse("resize 800"))
                .isEqualTo(
                        new Recipe(
                                List.of(Resize.inside(new Box.Pixels(800, 800))),
                                null,
                                EncodeSettings.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orient | resize 800x inside centre lanczos3 | color srgb | jpeg q=80 chroma=420",
                "resize x600 pad southeast box enlarge background=#102030 | flatten #ffffff",
                "resize 33.5% fill west catmull-rom",
                "resize 800x inside centre lanczos3 best | jpeg q=80 chroma=420",
                "crop 800x600+10-20 | crop 50%x12.5% north | crop 16:9 smart | crop x5+0+0",
                "rotate 90 | rotate 180 | rotate 270 | rotate 12.5 background=#102030",
                "flip horizontal | flip vertical | pad 16:9 west background=#000000 | pad 8x9",
                "trim | trim tolerance=0 | resize 20x20^ smart",
                "webp q=5 chroma=422 lossless metadata=safe",
                "png",
                "resize 800x linear linear-light",
                "watermark logo.png",
                "watermark /a/%C3%BC%20100%25.png north opacity=7.5 margin=12 scale=20% tiled",
                "watermark 'my logo | it''s 100%.png' hash=0123456789abcdef | jpeg",
                "watermark text='© Ann | ''Bo''' west size=24 color=#123456 scale=50 | jpeg",
                "grey | blur 2.5 | sharpen | sharpen 1.5 amount=50 threshold=2.5",
                "adjust brightness=110 contrast=90.5 saturation=0 | jpeg"
            })
    void writesWhatItReads(String text) throws RecipeException {
        Recipe recipe = RecipeParser.parse(text);
        assertThat(RecipeParser.parse(recipe.toString())).isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; 0; ends where",
                "orient |; 8; ends where",
                "orient resize 5x5; 7; separated by |",
                "resiez 5x5; 0; \"resiez\" (character 1 of the recipe) is not a step",
                "resize; 6; ends where a size",
                "resize 0x5; 7; is not a size",
                "resize 5x5 sideways; 11; \"sideways\" (character 12 of the recipe)",
                "orient | jpeg q=0; 14; 1 to 100",
                "jpeg q=x; 5; 1 to 100",
                "jpeg | orient; 5; last step",
                "psd; 0; not a format that is written",
                "color red; 6; srgb",
                "flatten blurple; 8; not a color",
                "crop; 4; ends where a part",
                "crop 0x5; 5; is not a part",
                "crop 16:9+1+1; 5; is not a part",
                "crop 5x5+1+1 north; 13; says where the part lies",
                "crop 5x5 sideways; 9; a gravity such as north, or smart",
                "crop 5x5 smart north; 15; separated by |",
                "resize 5x5 smart; 11; write 5x5^",
                "rotate; 6; an angle",
                "rotate 400; 7; -360 to 360",
                "rotate 5 red; 9; background=COLOR",
                "flip; 4; horizontal or vertical",
                "flip flop; 5; left and right change places",
                "pad 5:0; 4; is not a canvas",
                "pad 5x5 middle; 8; a gravity such as north",
                "trim 5; 5; tolerance=N",
                "trim tolerance=256; 5; 0 to 255",
                "jpeg chroma=411; 5; 444, 422 or 420",
                "grey 5; 5; separated by |",
                "blur; 4; ends where how much",
                "blur 0.2; 5; a number from 0.3 to 100",
                "sharpen 1 amount=0; 10; a number from 1 to 1000",
                "watermark; 9; ends where a picture's file",
                "watermark | jpeg; 10; is not a picture's file",
                "watermark 100%.png; 10; %25 stands for %",
                "watermark a.png color=red; 16; a word of watermark",
                "watermark text='' west; 10; with a line of text",
                "watermark a.png opacity=0; 16; a number from 1 to 100",
                "watermark a.png margin=x; 16; a length that fits",
                "adjust | png; 7; brightness=, contrast= or saturation=",
                "watermark a.png margin=50%; 16; a length that fits",
                "watermark a.png scale=0; 16; a length that fits",
                "adjust hue=5; 7; brightness=, contrast= or saturation="
            })
    void saysWhatIsWrongAndWhere(String text, int position, String part) {
        assertThatThrownBy(() -> RecipeParser.parse(text))
                .isInstanceOfSatisfying(
                        RecipeException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageContaining(part);
    }

    @Test
    void turnsAPictureAfterItWasMadeSmaller() throws RecipeException {
        Recipe recipe = RecipeParser.parse("orient | resize 800x600^ west");
        assertThat(recipe.steps(Orientation.TURN_RIGHT))
                .containsExactly(
                        new ResizeStored(
                                List.of(new Orient()),
                                Orientation.TURN_RIGHT,
                                (Resize) recipe.operations().get(1)));
    }

    @Test
    void needsNoMorePixelsThanTheResultAndAMargin() throws RecipeException {
        Recipe recipe = RecipeParser.parse("orient | resize 800x800");
        assertThat(recipe.floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(960, 720));
        assertThat(recipe.floor(new Size(4000, 3000), Orientation.TURN_LEFT))
                .isEqualTo(new Size(960, 720));
        assertThat(
                        RecipeParser.parse("flatten | resize 800x800")
                                .floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(4000, 3000));
    }

    @Test
    void needsTwiceThePixelsForTheBestResult() throws RecipeException {
        Recipe recipe = RecipeParser.parse("orient | resize 800x800 best");
        assertThat(recipe.floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(1600, 1200));
        assertThat(recipe.floor(new Size(3000, 4000), Orientation.TURN_LEFT))
                .isEqualTo(new Size(1200, 1600));
    }

    @Test
    void needsEveryPixelForLinearLight() throws RecipeException {
        assertThat(
                        RecipeParser.parse("orient | resize 800x800 linear-light")
                                .floor(new Size(4000, 3000), Orientation.TURN_LEFT))
                .isEqualTo(new Size(4000, 3000));
    }

    @Test
    void writesTheUsualMarginAsNothing() throws RecipeException {
        assertThat(RecipeParser.parse("resize 800x800 best"))
                .hasToString("resize 800x800 inside centre lanczos3 best");
        assertThat(RecipeParser.parse("resize 800x800"))
                .hasToString("resize 800x800 inside centre lanczos3");
    }

    /** At 1.2 the decoder could halve it; see docs/decisions/003. */
    @Test
    void wantsTwiceTheSizeOfPicturesBelowAMegapixel() throws RecipeException {
        Recipe recipe = RecipeParser.parse("resize 256x256 | jpeg");

        assertThat(recipe.floor(new Size(640, 480), Orientation.UPRIGHT))
                .isEqualTo(new Size(512, 384));
        assertThat(recipe.floor(new Size(1280, 960), Orientation.UPRIGHT))
                .isEqualTo(new Size(308, 231));
    }
}
