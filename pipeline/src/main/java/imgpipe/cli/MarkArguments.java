package imgpipe.cli;

import imgpipe.image.Gravity;
import imgpipe.image.Rgb;
import imgpipe.operation.Length;
import imgpipe.operation.Mark;
import imgpipe.operation.Watermark;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The step that the arguments of {@code watermark} stand for. */
final class MarkArguments {
    private final Arguments arguments;

    private MarkArguments(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * Makes the step.
     *
     * @throws UsageException for values that cannot be, alone or together
     */
    static Watermark watermark(Arguments arguments) throws UsageException {
        return new MarkArguments(arguments).watermark();
    }

    private Watermark watermark() throws UsageException {
        Values values = new Values(arguments);
        return new Watermark(
                mark(),
                values.word(Opt.GRAVITY, Gravity.SOUTHEAST, Gravity::of),
                values.number(Opt.OPACITY, (int) Watermark.OPACITY, 1, 100),
                length(Opt.MARGIN, Watermark::margin).orElse(Watermark.MARGIN),
                length(Opt.SCALE, Watermark::scale).orElse(null),
                arguments.has(Opt.TILED));
    }

    private Mark mark() throws UsageException {
        Optional<String> file = arguments.value(Opt.MARK_FILE);
        Optional<String> text = arguments.value(Opt.TEXT);
        if (file.isPresent() == text.isPresent()) {
            throw new UsageException(
                    "watermark needs either --mark FILE or --text TEXT; write one of them");
        }
        if (file.isPresent()) {
            Path path = InputArguments.path(Opt.MARK_FILE.toString(), file.get());
            return Mark.File.of(path.toAbsolutePath().toUri().getRawPath());
        }
        try {
            return new Mark.Text(text.get(), Rgb.WHITE, Watermark.TEXT_SIZE);
        } catch (IllegalArgumentException e) {
            throw Values.wrong(Opt.TEXT, text.get(), "a line of text");
        }
    }

    private Optional<Length> length(Opt option, Function<String, Optional<Length>> of)
            throws UsageException {
        Optional<String> text = arguments.value(option);
        Optional<Length> length = text.flatMap(of);
        if (text.isPresent() && length.isEmpty()) {
            throw Values.wrong(
                    option, text.get(), "pixels such as 12, or a part of the picture such as 2%");
        }
        return length;
    }
}
