package imgpipe.operation;

import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.resample.Kernel;
import imgpipe.resample.Taps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blurs planes by a Gaussian. Where it is wide, the blurred samples are made four to a standard
 * deviation only, and the others interpolated between them: what is so smooth has no more to it,
 * and the time no longer grows with the Gaussian. The result is within two of the exact one.
 */
final class Gaussian {
    /** The widest standard deviation, in samples, for which every sample is made by itself. */
    private static final double DIRECT = 8;

    private static final int SAMPLES = 4;

    private static final int FEW = 64;

    /** Of subsampled chroma a small part of a sample is left, which changes nothing. */
    private static final double LEAST = 0.1;

    /** Samples that Catmull-Rom needs beyond each end of the plane. */
    private static final int BORDER = 2;

    /** How the samples along one axis are made. */
    private record Axis(int samples, double sigma) {
        /** Few samples are not worth fewer. */
        boolean direct() {
            return sigma <= DIRECT || samples < FEW;
        }

        private int steps() {
            return (int) Math.ceil(samples * SAMPLES / sigma);
        }

        int made() {
            return direct() ? samples : steps() + 2 * BORDER;
        }

        Taps blurring() {
            if (direct()) {
                return Taps.gaussian(samples, 0, 1, samples, Math.max(sigma, LEAST));
            }
            double step = (double) samples / steps();
            return Taps.gaussian(samples, -BORDER * step, step, made(), sigma);
        }

        Taps filling() {
            return direct()
                    ? Taps.of(samples, 0, 1, samples, Kernel.BOX)
                    : Taps.of(
                            made(),
                            BORDER,
                            (double) steps() / samples,
                            samples,
                            Kernel.CATMULL_ROM);
        }
    }

    private final Picture picture;
    private final double sigma;
    private final OperationContext context;

    /**
     * For planes of this picture.
     *
     * @param sigma standard deviation in pixels of the picture
     */
    Gaussian(Picture picture, double sigma, OperationContext context) {
        this.picture = picture;
        this.sigma = sigma;
        this.context = context;
    }

    /**
     * The planes blurred.
     *
     * @param alpha whether the last plane is the opacity of the others, which are as large then:
     *     color under transparent pixels does not bleed
     */
    List<Plane> blur(List<Plane> planes, boolean alpha) {
        List<Plane> blurred = new ArrayList<>();
        for (int i = 0; i < planes.size(); i++) {
            Plane from = planes.get(i);
            Plane to = target(from, across(from).made(), down(from).made());
            Plane opacity = alpha && i < planes.size() - 1 ? planes.getLast() : null;
            resample(from, opacity, across(from).blurring(), down(from).blurring(), to);
            blurred.add(to);
        }
        List<Plane> filled = new ArrayList<>();
        for (int i = 0; i < planes.size(); i++) {
            Plane as = planes.get(i);
            Plane from = blurred.get(i);
            if (from.width() == as.width() && from.height() == as.height()) {
                filled.add(from);
                continue;
            }
            Plane to = target(as, as.width(), as.height());
            Plane opacity = alpha && i < planes.size() - 1 ? blurred.getLast() : null;
            resample(from, opacity, across(as).filling(), down(as).filling(), to);
            filled.add(to);
        }
        return filled;
    }

    private Axis across(Plane plane) {
        return new Axis(plane.width(), sigma * plane.spanX() / picture.size().width());
    }

    private Axis down(Plane plane) {
        return new Axis(plane.height(), sigma * plane.spanY() / picture.size().height());
    }

    private Plane target(Plane as, int width, int height) {
        return width == as.width() && height == as.height()
                ? Plane.allocate(context.workspace(), width, height, as.spanX(), as.spanY())
                : Plane.allocate(context.workspace(), width, height);
    }

    private void resample(Plane from, @Nullable Plane opacity, Taps across, Taps down, Plane to) {
        if (opacity == null) {
            context.resampler().resample(from, across, down, to);
        } else {
            context.resampler().resample(from, opacity, across, down, to);
        }
    }
}
