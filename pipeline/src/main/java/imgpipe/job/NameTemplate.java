package imgpipe.job;

import imgpipe.image.ImageFormat;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pattern that output names follow.
 *
 * <p>{@code {dir}} is the source's folder with a {@code /} behind it, or nothing; {@code {stem}}
 * the name without its extension; {@code {srcext}} the source's extension, {@code {ext}} the
 * output's; {@code {width}}, {@code {height}} and {@code {size}} the size asked for; {@code {name}}
 * the source's name as it is.
 *
 * @param text pattern; contains at least {@code {stem}} or {@code {name}}
 */
public record NameTemplate(String text) {
    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)\\}");
    private static final Set<String> FIELDS =
            Set.of("dir", "stem", "srcext", "ext", "width", "height", "size", "name");

    /** The source's own name with the output's extension, in the same folder. */
    // Stands behind the constants that its constructor needs.
    public static final NameTemplate MIRROR = new NameTemplate("{dir}{stem}.{ext}");

    /** The source's own name, for outputs that are copies. */
    public static final NameTemplate SAME = new NameTemplate("{dir}{name}");

    /** The same with the size asked for, so that one picture can have several outputs. */
    public static final NameTemplate SIZED = new NameTemplate("{dir}{stem}-{size}.{ext}");

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public NameTemplate {
        Matcher matcher = FIELD.matcher(text);
        boolean stem = false;
        while (matcher.find()) {
            if (!FIELDS.contains(matcher.group(1))) {
                throw new IllegalArgumentException(
                        "{"
                                + matcher.group(1)
                                + "} is not a field of a name; fields are "
                                + "{dir} {stem} {srcext} {ext} {width} {height} {size}");
            }
            stem |= matcher.group(1).equals("stem") || matcher.group(1).equals("name");
        }
        if (!stem) {
            throw new IllegalArgumentException(
                    "the name \"" + text + "\" lacks {stem}: all pictures would share it");
        }
        if (text.startsWith("/") || ("/" + text + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "the name \"" + text + "\" leaves the output folder");
        }
    }

    /**
     * The output's name, relative to the output folder, in the form that the source's name has
     * (percent-encoded or not).
     *
     * @param source relative name with {@code /} between folders
     * @param format of the output
     * @param size as typed, with {@code ^} as {@code c}; empty if none was asked for
     * @param width as asked for, or empty
     * @param height as asked for, or empty
     */
    public String expand(
            String source, ImageFormat format, String size, String width, String height) {
        int slash = source.lastIndexOf('/') + 1;
        int dot = source.lastIndexOf('.');
        // A leading dot begins a hidden file's name, not its extension.
        int end = dot > slash ? dot : source.length();
        return FIELD.matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        switch (match.group(1)) {
                                            case "dir" -> source.substring(0, slash);
                                            case "stem" -> source.substring(slash, end);
                                            case "name" -> source.substring(slash);
                                            case "srcext" ->
                                                    end < source.length()
                                                            ? source.substring(end + 1)
                                                            : "";
                                            case "ext" ->
                                                    extension(
                                                            source.substring(
                                                                    Math.min(
                                                                            end + 1,
                                                                            source.length())),
                                                            format);
                                            case "width" -> width;
                                            case "height" -> height;
                                            default -> size;
                                        }));
    }

    /** The same pattern for percent-encoded names. */
    NameTemplate encoded() {
        StringBuilder encoded = new StringBuilder();
        Matcher matcher = FIELD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            encoded.append(encode(text.substring(end, matcher.start()))).append(matcher.group());
            end = matcher.end();
        }
        return new NameTemplate(encoded.append(encode(text.substring(end))).toString());
    }

    private static String encode(String literal) {
        try {
            // The dot keeps a literal's own slash from beginning the address of a machine.
            return new URI(null, null, "/." + literal, null).toASCIIString().substring(2);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the name contains \"" + literal + "\", which no file can have", e);
        }
    }

    /**
     * The source's own extension where it stands for the same format, so that {@code A.JPEG} stays
     * {@code A.JPEG}.
     */
    private static String extension(String ofSource, ImageFormat format) {
        return ImageFormat.ofExtension(ofSource).filter(format::equals).isPresent()
                ? ofSource
                : format.extension();
    }
}
