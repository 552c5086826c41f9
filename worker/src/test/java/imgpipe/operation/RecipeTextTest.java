package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.EncodeSettings;
import imgpipe.image.Gravity;
import imgpipe.image.Orientation;
import imgpipe.image.Rgb;
import imgpipe.resample.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes of every operation, written and read back. */
class RecipeTextTest {
    private Random random = new Random();

    @Test
    void readsBackEveryRecipeThatItWrites() throws RecipeException {
        long seed = System.nanoTime();
        random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            List<Operation> operations = new ArrayList<>();
            for (int kind = 0; kind < 14; kind++) {
                operations.add(operation(kind));
            }
            Recipe recipe = new Recipe(operations, null, EncodeSettings.DEFAULT);
            assertThat(RecipeParser.parse(recipe.toString()))
                    .as("seed %d: %s", seed, recipe)
                    .isEqualTo(recipe);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rotate 0.0005; rotate 0.0005",
                "rotate -0.00000000000000001; rotate 0",
                "rotate -0; rotate 0",
                "rotate 360; rotate 0",
                "sharpen threshold=0.0005; sharpen 1 amount=100 threshold=0.0005",
                "crop 0.0005%x50%; crop 0.0005%x50% centre",
                "crop 5x5-0+0.00012345678; crop 5x5+0+0.00012345678",
                "crop 0.0000001:1; crop 0.0000001:1 centre",
                "resize 0.0001%; resize 0.0001% inside centre lanczos3",
                "adjust brightness=-0; adjust brightness=0 contrast=100 saturation=100"
            })
    void writesPlainDecimals(String text, String written) throws RecipeException {
        Recipe recipe = RecipeParser.parse(text);
        assertThat(recipe).hasToString(written);
        assertThat(RecipeParser.parse(written)).isEqualTo(recipe);
    }

    private Operation operation(int kind) {
        return switch (kind) {
            case 0 -> new Orient();
            case 1 -> resize();
            case 2 -> crop();
            case 3 -> new Rotate(between(1e-9, 89.4), color());
            case 4 ->
                    new Turn(
                            List.of(
                                            Orientation.UPRIGHT,
                                            Orientation.TURN_RIGHT,
                                            Orientation.UPSIDE_DOWN,
                                            Orientation.TURN_LEFT,
                                            Orientation.MIRRORED,
                                            Orientation.FLIPPED)
                                    .get(random.nextInt(6)));
            case 5 -> new Pad(extent(), one(Gravity.values()), color());
            case 6 -> new Trim(random.nextInt(256));
            case 7 -> new ToSrgb();
            case 8 -> new Flatten(color());
            case 9 -> new Grey();
            case 10 -> new Blur(between(0.3, 100));
            case 11 -> new Sharpen(between(0.3, 100), between(1, 1000), between(0, 255));
            case 12 -> new Adjust(between(0, 1000), between(0, 1000), between(0, 1000));
            default ->
                    new Watermark(
                            mark(),
                            one(Gravity.values()),
                            between(1, 100),
                            within(0, 49),
                            random.nextBoolean() ? within(1e-9, 100) : null,
                            random.nextBoolean());
        };
    }

    private Resize resize() {
        Fit fit = one(Fit.values());
        Box box =
                random.nextBoolean()
                        ? new Box.Percent(between(1e-9, 10_000))
                        : new Box.Pixels(1 + random.nextInt(65_535), random.nextInt(65_536));
        return new Resize(
                box,
                fit,
                one(Gravity.values()),
                one(Kernel.values()),
                random.nextBoolean(),
                color(),
                random.nextBoolean(),
                fit == Fit.COVER && random.nextBoolean(),
                random.nextBoolean());
    }

    private Crop crop() {
        Extent extent = extent();
        boolean placed = extent instanceof Extent.Sides && random.nextBoolean();
        boolean smart = !placed && random.nextBoolean();
        Gravity gravity = placed || smart ? Gravity.CENTRE : one(Gravity.values());
        Crop.Place place = placed ? new Crop.Place(anywhere(), anywhere()) : null;
        return new Crop(extent, place, gravity, smart);
    }

    private Extent extent() {
        return random.nextBoolean()
                ? new Extent.Shape(between(1e-9, 99_999), between(1e-9, 99_999))
                : new Extent.Sides(side(), random.nextBoolean() ? side() : null);
    }

    private Length side() {
        boolean percent = random.nextBoolean();
        return new Length(between(1e-9, percent ? 10_000 : 65_535), percent);
    }

    private Length within(double least, double mostPercent) {
        boolean percent = random.nextBoolean();
        return new Length(between(least, percent ? mostPercent : 65_535), percent);
    }

    private Length anywhere() {
        return new Length(between(-99_999, 99_999), random.nextBoolean());
    }

    private Mark mark() {
        return random.nextBoolean()
                ? Mark.File.named("a 'b'" + random.nextInt() + ".png")
                : new Mark.Text("it's | " + random.nextInt(), color(), within(1e-9, 100));
    }

    private Rgb color() {
        return new Rgb(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /** Whole, of few decimals, of many, or near the least. */
    private double between(double least, double most) {
        double number = least + random.nextDouble() * (most - least);
        return switch (random.nextInt(4)) {
            case 0 -> Math.max(least, Math.rint(number));
            case 1 -> Math.max(least, Math.rint(number * 100) / 100);
            case 2 -> number;
            default -> least + Math.min(1, most - least) * random.nextDouble() * 1e-6;
        };
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
