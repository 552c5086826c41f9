package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Frame;
import imgpipe.image.Picture;

/**
 * Blurs by a Gaussian. At the picture's edges what lies inside is all that counts. Opacity is
 * blurred too; color under transparent pixels does not bleed.
 *
 * @param sigma standard deviation in pixels, 0.3 to 100
 */
public record Blur(double sigma) implements Operation {
    static final double LEAST = 0.3;
    static final double MOST = 100;

    public Blur {
        if (!(sigma >= LEAST && sigma <= MOST)) {
            throw new IllegalArgumentException("blur by " + sigma);
        }
    }

    /** {@code blur SIGMA}. */
    static Blur read(Words words) throws RecipeException {
        return new Blur(words.next("how much, such as 2.5").decimal(LEAST, MOST));
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        boolean alpha = picture.alpha();
        Picture ready = alpha ? Subsample.to(Chroma.S444, picture, context) : picture;
        Gaussian gaussian = new Gaussian(ready, sigma, context);
        return ready.with(
                ready.size(),
                ready.color(),
                alpha,
                ready.frames().stream()
                        .map(
                                frame ->
                                        new Frame(
                                                gaussian.blur(frame.planes(), alpha),
                                                frame.delayMillis()))
                        .toList());
    }

    @Override
    public String toString() {
        return "blur " + Numbers.text(sigma);
    }
}
