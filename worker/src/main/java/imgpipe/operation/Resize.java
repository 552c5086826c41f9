package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.image.YccConversion;
import imgpipe.resample.Kernel;
import imgpipe.resample.Resampler;
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
 * @param smart whether {@link Fit#COVER} keeps the part where most is to be seen ({@link
 *     Attention}), wherever gravity points
 * @param linear whether light is averaged rather than the samples that stand for it, as fine bright
 *     detail asks for. Colors are converted to sRGB before, and the decoder delivers every pixel,
 *     as a JPEG decoder that makes pictures smaller averages samples: so all the work is done on
 *     the large picture, and it takes several times as long.
 */
public record Resize(
        Box box,
        Fit fit,
        Gravity gravity,
        Kernel kernel,
        boolean enlarge,
        Rgb background,
        boolean best,
        boolean smart,
        boolean linear)
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
                box,
                Fit.INSIDE,
                Gravity.CENTRE,
                Kernel.LANCZOS3,
                false,
                Rgb.WHITE,
                false,
                false,
                false);
    }

    /**
     * {@code resize BOX["^"] [FIT] [GRAVITY] [KERNEL] [enlarge] [background=COLOR] [best] [smart]
     * [linear-light]}; the words behind the box in any order.
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
        Word smart = null;
        boolean linear = resize.linear;
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
            } else if (word.text().equals("smart")) {
                smart = word;
            } else if (word.text().equals("linear-light")) {
                linear = true;
            } else if (word.sets("background")) {
                background = word.color();
            } else {
                throw word.isNot(
                        "a word of resize: a fit, a gravity, a kernel, enlarge, background=COLOR,"
                                + " best, smart or linear-light");
            }
        }
        if (smart != null && fit != Fit.COVER) {
            throw smart.isNot("of use unless the box is covered; write " + text + "^");
        }
        return new Resize(
                resize.box, fit, gravity, kernel, enlarge, background, best, smart != null, linear);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnfitException if a side would be longer than {@link Box#LONGEST}
     */
    @Override
    public Size resultSize(Size size) {
        return placement(size).canvas();
    }

    /**
     * The size that the picture as a whole is brought to, before anything is cut off or added. A
     * decoder that delivers the picture somewhat larger than this loses nothing.
     */
    public Size scaledSize(Size size) {
        return placement(size).scaled();
    }

    /**
     * The size that a decoder should deliver what is to be resized in at least: {@link #scaledSize}
     * and a margin; all that it has where light is averaged. May be more than the picture has.
     *
     * @param size of what is to be resized
     * @param picture how many pixels the decoder has to go through for it
     */
    Size floor(Size size, long picture) {
        if (linear) {
            return size;
        }
        double margin = best || picture < SMALL ? BEST_MARGIN : MARGIN;
        Size scaled = scaledSize(size);
        return new Size(
                (int) Math.ceil(scaled.width() * margin),
                (int) Math.ceil(scaled.height() * margin));
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        return apply(picture, View.of(picture), context);
    }

    /**
     * What is seen of a picture, resized. The picture is turned last, when it is small: box and
     * gravity are meant for how it is seen.
     */
    Picture apply(Picture picture, View view, OperationContext context) {
        Plane first = picture.planes().getFirst();
        boolean reduced =
                first.width() < picture.size().width() || first.height() < picture.size().height();
        Placement seen = placement(view.size());
        if (!reduced && seen.keeps(view.size())) {
            return view.of(picture, context);
        }
        if (smart && seen.crops()) {
            seen = seen.at(Attention.window(picture, view, seen.scaled(), seen.kept(), context));
        }
        Placement stored = seen.before(view.turn());
        // Padding is done at full resolution.
        Chroma chroma = stored.pads() ? Chroma.S444 : context.chroma();
        Picture colors = linear ? light(picture, context) : picture;
        Picture scaled = scale(colors, view.window(), stored, chroma, context);
        Picture laid =
                stored.pads()
                        ? Canvas.lay(
                                scaled,
                                stored.canvas(),
                                stored.left(),
                                stored.top(),
                                background,
                                context)
                        : scaled;
        return new View(Window.of(laid.size()), view.turn(), view.pending()).of(laid, context);
    }

    private Placement placement(Size size) {
        Size wanted = box.of(size);
        double across = (double) wanted.width() / size.width();
        double down = (double) wanted.height() / size.height();
        // What becomes no longer than a picture may be keeps its shape.
        double longest = (double) Box.LONGEST / Math.max(size.width(), size.height());
        return switch (fit) {
            case FILL -> {
                Size scaled = enlarge ? wanted : smaller(wanted, size);
                yield placement(scaled, scaled, scaled);
            }
            case INSIDE -> {
                Size scaled = scaled(size, Math.min(longest, Math.min(across, down)));
                yield placement(scaled, scaled, scaled);
            }
            case PAD -> {
                double factor = Math.min(longest, Math.min(across, down));
                Size scaled = smaller(scaled(size, factor), wanted);
                yield placement(scaled, scaled, wanted);
            }
            case COVER -> {
                Size scaled = scaled(size, Math.max(across, down));
                Size kept = smaller(scaled, wanted);
                yield placement(scaled, kept, kept);
            }
        };
    }

    private Size scaled(Size size, double factor) {
        double f = enlarge ? factor : Math.min(1, factor);
        return new Size(Box.pixels(size.width() * f), Box.pixels(size.height() * f));
    }

    private static Size smaller(Size a, Size b) {
        return new Size(Math.min(a.width(), b.width()), Math.min(a.height(), b.height()));
    }

    private Placement placement(Size scaled, Size kept, Size canvas) {
        Canvas.require(canvas);
        Size around = kept.equals(canvas) ? scaled : canvas;
        return new Placement(
                scaled,
                kept,
                canvas,
                gravity.left(around.width() - kept.width()),
                gravity.top(around.height() - kept.height()));
    }

    /**
     * The picture with samples that stand for light one by one: sRGB's red, green, blue or grey.
     */
    private static Picture light(Picture picture, OperationContext context) {
        Picture colors = context.toSrgb(picture);
        return colors.color() == ColorModel.YCC
                ? YccConversion.toRgb(colors, context.workspace())
                : colors;
    }

    private Picture scale(
            Picture picture,
            Window window,
            Placement placement,
            Chroma chroma,
            OperationContext context) {
        Size kept = placement.kept();
        // Pixels of the source for one pixel of the result, and where the kept part begins in the
        // window.
        double stepX = (double) window.size().width() / placement.scaled().width();
        double stepY = (double) window.size().height() / placement.scaled().height();
        double left = placement.pads() ? 0 : placement.left() * stepX;
        double top = placement.pads() ? 0 : placement.top() * stepY;

        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                Plane plane = frame.planes().get(i);
                boolean subsampled = picture.color() == ColorModel.YCC && (i == 1 || i == 2);
                int across = subsampled ? chroma.across() : 1;
                int down = subsampled ? chroma.down() : 1;
                Size size = subsampled ? chroma.plane(kept) : kept;
                // This plane's samples for one pixel of the source.
                double unitX = plane.spanX() / picture.size().width();
                double unitY = plane.spanY() / picture.size().height();
                // What lies outside of the window must not show, so it is cut off first.
                Span columns = window.across(plane, picture.size());
                Span rows = window.down(plane, picture.size());
                Taps horizontal =
                        columns.taps(left * unitX, stepX * unitX * across, size.width(), kernel);
                Taps vertical = rows.taps(top * unitY, stepY * unitY * down, size.height(), kernel);
                Plane from = columns.of(rows, plane);
                Plane to =
                        Plane.allocate(
                                context.workspace(),
                                size.width(),
                                size.height(),
                                (double) kept.width() / across,
                                (double) kept.height() / down);
                boolean opacity = i == picture.color().planes();
                Resampler resampler = context.resampler();
                Plane weight =
                        picture.alpha() && !opacity
                                ? columns.of(rows, frame.planes().getLast())
                                : null;
                if (linear && !opacity) {
                    resampler.resampleLinear(from, weight, horizontal, vertical, to);
                } else if (weight != null) {
                    resampler.resample(from, weight, horizontal, vertical, to);
                } else {
                    resampler.resample(from, horizontal, vertical, to);
                }
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(kept, picture.color(), picture.alpha(), frames);
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
                + (best ? " best" : "")
                + (smart ? " smart" : "")
                + (linear ? " linear-light" : "");
    }
}
