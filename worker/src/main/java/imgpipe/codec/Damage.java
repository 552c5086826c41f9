package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Makes sense of what ImageIO's readers say about a file: warnings, and exceptions of every kind.
 */
final class Damage implements IIOReadWarningListener {
    private static final int MOST_WARNINGS = 20;

    /** What does not touch the pixels. */
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "profile|metadata|exif|thumbnail|ignor|unexpected chunk|jfif",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern CUT =
            Pattern.compile(
                    "premature|truncat|unexpected end|end of (file|stream|data)|\\bEOF\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN =
            Pattern.compile(
                    "unsupported|not supported|unimplemented|unknown TIFF compression",
                    Pattern.CASE_INSENSITIVE);

    private final List<String> warnings = new ArrayList<>();
    private final List<String> forgiven = new ArrayList<>();

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        add(warning);
    }

    void add(String warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        }
    }

    /** Warnings that contain these words are harmless in this file. */
    void forgive(String words) {
        forgiven.add(words);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Fails on the first warning that may have cost pixels. */
    void requireNone() throws PictureException {
        for (String warning : warnings) {
            if (!HARMLESS.matcher(warning).find()
                    && forgiven.stream().noneMatch(warning::contains)) {
                throw new PictureException(
                        CUT.matcher(warning).find() ? Reason.TRUNCATED : Reason.CORRUPT, warning);
            }
        }
    }

    /**
     * What an exception from a reader or writer means.
     *
     * @throws Error the one hidden among the causes, if there is one: readers wrap even {@link
     *     OutOfMemoryError}
     */
    static PictureException explain(Exception thrown) {
        Reason reason = Reason.CORRUPT;
        Throwable last = thrown;
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 50; cause = cause.getCause()) {
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof PictureException picture) {
                return picture;
            }
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof EOFException || CUT.matcher(message).find()) {
                reason = Reason.TRUNCATED;
            } else if (cause instanceof UnsupportedOperationException
                    || UNKNOWN.matcher(message).find()) {
                reason = Reason.UNSUPPORTED;
            }
            last = cause;
            depth++;
        }
        return new PictureException(reason, sentence(reason, last), thrown);
    }

    private static String sentence(Reason reason, Throwable cause) {
        String message = cause.getMessage();
        boolean speaks = message != null && !message.isBlank();
        return switch (reason) {
            case TRUNCATED ->
                    "the file ends before the picture does" + (speaks ? ": " + message : "");
            case UNSUPPORTED ->
                    "a variant of the format that is not handled" + (speaks ? ": " + message : "");
            default ->
                    cause instanceof RuntimeException
                            // Of a reader that met what it did not expect: its words are of code.
                            ? "the picture is damaged, its reader gave up ("
                                    + cause.getClass().getSimpleName()
                                    + ")"
                            : "the picture is damaged"
                                    + (speaks
                                            ? ": " + message
                                            : " (" + cause.getClass().getSimpleName() + ")");
        };
    }
}
