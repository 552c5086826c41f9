package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.util.ArrayList;
import java.util.List;

/**
 * Unsharp mask: a sample v, which a Gaussian blurs to b, becomes v + (v - b) · amount / 100,
 * rounded and clamped, where |v - b| is above the threshold. That is how Pillow's {@code
 * ImageFilter.UnsharpMask} has it. Luma alone is sharpened where the picture has luma, all colors
 * otherwise; opacity never.
 *
 * @param sigma standard deviation of the Gaussian in pixels, 0.3 to 100
 * @param amount percent, 1 to 1000
 * @param threshold difference of samples, 0 to 255, up to which they are left alone
 */
public record Sharpen(double sigma, double amount, double threshold) implements Operation {
    private static final double LEAST_AMOUNT = 1;
    private static final double MOST_AMOUNT = 1000;

    public Sharpen {
        if (!(sigma >= Blur.LEAST
                && sigma <= Blur.MOST
                && amount >= LEAST_AMOUNT
                && amount <= MOST_AMOUNT
                && threshold >= 0
                && threshold <= 255)) {
            throw new IllegalArgumentException(
                    "sharpen " + sigma + " by " + amount + " above " + threshold);
        }
    }

    /**
     * {@code sharpen [SIGMA] [amount=PERCENT] [threshold=LEVELS]}, with 1, 100 and 0 if left out.
     */
    static Sharpen read(Words words) throws RecipeException {
        double sigma = 1;
        double amount = 100;
        double threshold = 0;
        for (Word word = words.nextInStep(); word != null; word = words.nextInStep()) {
            if (word.sets("amount")) {
                amount = word.decimal(LEAST_AMOUNT, MOST_AMOUNT);
            } else if (word.sets("threshold")) {
                threshold = word.decimal(0, 255);
            } else {
                sigma = word.decimal(Blur.LEAST, Blur.MOST);
            }
        }
        return new Sharpen(sigma, amount, threshold);
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        boolean alpha = picture.alpha();
        Picture ready = alpha ? Subsample.to(Chroma.S444, picture, context) : picture;
        Gaussian gaussian = new Gaussian(ready, sigma, context);
        int sharpened = ready.color() == ColorModel.YCC ? 1 : ready.color().planes();
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : ready.frames()) {
            List<Plane> planes = new ArrayList<>(frame.planes());
            List<Plane> sources = new ArrayList<>(planes.subList(0, sharpened));
            if (alpha) {
                sources.add(planes.getLast());
            }
            List<Plane> blurred = gaussian.blur(sources, alpha);
            for (int i = 0; i < sharpened; i++) {
                planes.set(i, sharpen(planes.get(i), blurred.get(i), context));
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return ready.with(ready.size(), ready.color(), alpha, frames);
    }

    private Plane sharpen(Plane plane, Plane blurred, OperationContext context) {
        int width = plane.width();
        int height = plane.height();
        Plane result =
                Plane.allocate(context.workspace(), width, height, plane.spanX(), plane.spanY());
        float gain = (float) (amount / 100);
        byte[] row = new byte[width];
        byte[] soft = new byte[width];
        for (int y = 0; y < height; y++) {
            plane.load(y, row);
            blurred.load(y, soft);
            for (int x = 0; x < width; x++) {
                int value = row[x] & 0xFF;
                int difference = value - (soft[x] & 0xFF);
                if (Math.abs(difference) > threshold) {
                    row[x] = (byte) Math.clamp(Math.round(value + difference * gain), 0, 255);
                }
            }
            result.store(y, row);
        }
        return result;
    }

    @Override
    public String toString() {
        return "sharpen "
                + Numbers.text(sigma)
                + " amount="
                + Numbers.text(amount)
                + " threshold="
                + Numbers.text(threshold);
    }
}
