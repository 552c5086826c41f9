package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Gravity;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
import imgpipe.resample.Taps;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the picture into a box.
 *
 * @param box the size asked for
 * @param fit how the picture's shape and the box's are reconciled
 * @param gravity which part {@link Fit#COVER} keeps and where {@link Fit#PAD} lays the picture
 * @param kernel resampling filter
 * @param enlarge whether pictures smaller than the box are made larger
 * @param background what {@link Fit#PAD} fills the rest of the box with
 * @param best whether the best result is worth more time
 */
public record Resize(
        Box box,
        Fit fit,
        Gravity gravity,
        Kernel kernel,
        boolean enlarge,
        Rgb background,
        boolean best)
        implements Operation {
    /**
     * How much larger than the result a picture is decoded. At 1.2 the mean PSNR against a
     * full-size Lanczos3 reference is 0.3 dB lower than at 2, and the picture costs a fifth less.
     */
    private static final double MARGIN = 1.2;

    /** The same for the best result; libvips and Pillow keep this factor always. */
    private static final double BEST_MARGIN = 2;

    /**
     * Pixels of a picture below which the time to decode it hardly counts beside that for its file,
     * so that it is made as for the best result.
     */
    private static final long SMALL = 1_000_000;

    /** The defaults: inside, centred, Lanczos3, never enlarged, white, the usual margin. */
    public static Resize inside(Box box) {
        return new Resize(
                box, Fit.INSIDE, Gravity.CENTRE, Kernel.LANCZOS3, false, Rgb.WHITE, false);
    }

    /**
     * {@code resize BOX["^"] [FIT] [GRAVITY] [KERNEL] [enlarge] [background=COLOR] [best]}; the
     * words behind the box in any order.
     */
    static Resize read(Words words) throws RecipeException {
        Word size = words.next("a size such as 800x600");
        boolean covers = size.text().endsWith("^");
        String text = size.text().substring(0, size.text().length() - (covers ? 1 : 0));
        Resize resize =
                inside(
                        Box.parse(text)
                                .orElseThrow(
                                        () ->
                                                size.isNot(
                                                        "a size; write 800x600, 800x, x600, 800 or"
                                                                + " 50%")));
        Fit fit = covers ? Fit.COVER : resize.fit;
        Gravity gravity = resize.gravity;
        Kernel kernel = resize.kernel;
        boolean enlarge = resize.enlarge;
        Rgb background = resize.background;
        boolean best = resize.best;
        for (Word word = words.nextInStep(); word != null; word = words.nextInStep()) {
            if (Fit.of(word.text()).isPresent()) {
                fit = Fit.of(word.text()).get();
            } else if (Gravity.of(word.text()).isPresent()) {
                gravity = Gravity.of(word.text()).get();
            } else if (Kernel.of(word.text()).isPresent()) {
                kernel = Kernel.of(word.text()).get();
            } else if (word.text().equals("enlarge")) {
                enlarge = true;
            } else if (word.text().equals("best")) {
                best = true;
            } else if (word.sets("background")) {
                background = word.color();
            } else {
                throw word.isNot(
                        "a word of resize: a fit, a gravity, a kernel, enlarge, background=COLOR"
                                + " or best");
            }
        }
        return new Resize(resize.box, fit, gravity, kernel, enlarge, background, best);
    }

    @Override
    public Size resultSize(Size size) {
        return geometry(size).canvas();
    }

    /**
     * The size that the picture as a whole is brought to, before anything is cut off or added. A
     * decoder that delivers the picture somewhat larger than this loses nothing.
     */
    public Size scaledSize(Size size) {
        return geometry(size).scaled();
    }

    /**
     * The size that a decoder should deliver the picture in at least: {@link #scaledSize} and a
     * margin. May be more than the picture has.
     */
    Size floor(Size size) {
        double margin = best || size.pixels() < SMALL ? BEST_MARGIN : MARGIN;
        Size scaled = scaledSize(size);
        return new Size(
                (int) Math.ceil(scaled.width() * margin),
                (int) Math.ceil(scaled.height() * margin));
    }

    /**
     * What {@link #apply} does, for a picture that is turned upright only afterwards: its result,
     * turned, is that of turning first.
     *
     * @param orientation of the picture; box and gravity are meant for the upright one
     */
    Picture applyBefore(Orientation orientation, Picture picture, OperationContext context) {
        Geometry upright = geometry(orientation.turn(picture.size()));
        return apply(picture, upright.before(orientation), context);
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        return apply(picture, geometry(picture.size()), context);
    }

    private Picture apply(Picture picture, Geometry geometry, OperationContext context) {
        Size size = picture.size();
        Plane first = picture.planes().getFirst();
        boolean reduced = first.width() < size.width() || first.height() < size.height();
        if (!reduced && geometry.scaled().equals(size) && geometry.canvas().equals(size)) {
            return picture;
        }
        // Chroma shared by pixels inside and outside of a padded picture would mix both: pad at
        // full
        // resolution.
        Chroma chroma = geometry.pads() ? Chroma.S444 : context.chroma();
        Picture scaled = scale(picture, geometry, chroma, context);
        return geometry.pads()
                ? pad(Background.ready(scaled, background, context), geometry, context)
                : scaled;
    }

    /**
     * Where everything goes.
     *
     * @param scaled the whole picture at its new scale
     * @param kept the part of it that is kept
     * @param canvas the result
     * @param left where the kept part begins in the scaled picture, or in the canvas if that is
     *     larger
     * @param top likewise
     */
    private record Geometry(Size scaled, Size kept, Size canvas, int left, int top) {
        boolean pads() {
            return !kept.equals(canvas);
        }

        /**
         * The same for the picture as it is stored: turning is transposing, then mirroring, so this
         * is the other way.
         */
        Geometry before(Orientation orientation) {
            Size around = pads() ? canvas : scaled;
            int x = orientation.mirrorsX() ? around.width() - kept.width() - left : left;
            int y = orientation.mirrorsY() ? around.height() - kept.height() - top : top;
            boolean turns = orientation.transposes();
            return new Geometry(
                    orientation.turn(scaled),
                    orientation.turn(kept),
                    orientation.turn(canvas),
                    turns ? y : x,
                    turns ? x : y);
        }
    }

    private Geometry geometry(Size size) {
        Size wanted = box.of(size);
        double across = (double) wanted.width() / size.width();
        double down = (double) wanted.height() / size.height();
        return switch (fit) {
            case FILL -> {
                Size scaled = enlarge ? wanted : smaller(wanted, size);
                yield geometry(scaled, scaled, scaled);
            }
            case INSIDE -> {
                Size scaled = scaled(size, Math.min(across, down));
                yield geometry(scaled, scaled, scaled);
            }
            case PAD -> {
                Size scaled = smaller(scaled(size, Math.min(across, down)), wanted);
                yield geometry(scaled, scaled, wanted);
            }
            case COVER -> {
                Size scaled = scaled(size, Math.max(across, down));
                Size kept = smaller(scaled, wanted);
                yield geometry(scaled, kept, kept);
            }
        };
    }

    private Size scaled(Size size, double factor) {
        double f = enlarge ? factor : Math.min(1, factor);
        return new Size(side(size.width(), f), side(size.height(), f));
    }

    private static int side(int pixels, double factor) {
        return (int) Math.clamp(Math.round(pixels * factor), 1L, Box.LONGEST);
    }

    private static Size smaller(Size a, Size b) {
        return new Size(Math.min(a.width(), b.width()), Math.min(a.height(), b.height()));
    }

    private Geometry geometry(Size scaled, Size kept, Size canvas) {
        Size around = kept.equals(canvas) ? scaled : canvas;
        return new Geometry(
                scaled,
                kept,
                canvas,
                gravity.left(around.width() - kept.width()),
                gravity.top(around.height() - kept.height()));
    }

    private Picture scale(
            Picture picture, Geometry geometry, Chroma chroma, OperationContext context) {
        Size kept = geometry.kept();
        // Pixels of the source for one pixel of the result, and where the kept part begins in the
        // source.
        double stepX = (double) picture.size().width() / geometry.scaled().width();
        double stepY = (double) picture.size().height() / geometry.scaled().height();
        double left = geometry.pads() ? 0 : geometry.left() * stepX;
        double top = geometry.pads() ? 0 : geometry.top() * stepY;

        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                Plane from = frame.planes().get(i);
                boolean subsampled = picture.color() == ColorModel.YCC && (i == 1 || i == 2);
                int across = subsampled ? chroma.across() : 1;
                int down = subsampled ? chroma.down() : 1;
                Size size = subsampled ? chroma.plane(kept) : kept;
                // This plane's samples for one pixel of the source.
                double unitX = from.spanX() / picture.size().width();
                double unitY = from.spanY() / picture.size().height();
                Taps horizontal =
                        Taps.of(
                                from.width(),
                                left * unitX,
                                stepX * unitX * across,
                                size.width(),
                                kernel);
                Taps vertical =
                        Taps.of(
                                from.height(),
                                top * unitY,
                                stepY * unitY * down,
                                size.height(),
                                kernel);
                Plane to =
                        Plane.allocate(
                                context.workspace(),
                                size.width(),
                                size.height(),
                                (double) kept.width() / across,
                                (double) kept.height() / down);
                boolean weighted = picture.alpha() && i < picture.color().planes();
                if (weighted) {
                    context.resampler()
                            .resample(from, frame.planes().getLast(), horizontal, vertical, to);
                } else {
                    context.resampler().resample(from, horizontal, vertical, to);
                }
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(kept, picture.color(), picture.alpha(), frames);
    }

    private Picture pad(Picture picture, Geometry geometry, OperationContext context) {
        Size canvas = geometry.canvas();
        int[] behind = Background.samples(background, picture.color());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                Plane to = Plane.allocate(context.workspace(), canvas.width(), canvas.height());
                to.samples().fill((byte) (i < behind.length ? behind[i] : 255));
                frame.planes().get(i).copyTo(to, geometry.left(), geometry.top());
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(canvas, picture.color(), picture.alpha(), frames);
    }

    @Override
    public String toString() {
        return "resize "
                + box
                + " "
                + fit
                + " "
                + gravity
                + " "
                + kernel
                + (enlarge ? " enlarge" : "")
                + (background.equals(Rgb.WHITE) ? "" : " background=" + background)
                + (best ? " best" : "");
    }
}
