package imgpipe.image;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An opaque sRGB color.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Rgb(int red, int green, int blue) {
    public static final Rgb WHITE = new Rgb(255, 255, 255);

    /** The sixteen color names of CSS level 1. */
    private static final Map<String, Integer> NAMES =
            Map.ofEntries(
                    Map.entry("black", 0x000000),
                    Map.entry("silver", 0xC0C0C0),
                    Map.entry("gray", 0x808080),
                    Map.entry("grey", 0x808080),
                    Map.entry("white", 0xFFFFFF),
                    Map.entry("maroon", 0x800000),
                    Map.entry("red", 0xFF0000),
                    Map.entry("purple", 0x800080),
                    Map.entry("fuchsia", 0xFF00FF),
                    Map.entry("green", 0x008000),
                    Map.entry("lime", 0x00FF00),
                    Map.entry("olive", 0x808000),
                    Map.entry("yellow", 0xFFFF00),
                    Map.entry("navy", 0x000080),
                    Map.entry("blue", 0x0000FF),
                    Map.entry("teal", 0x008080),
                    Map.entry("aqua", 0x00FFFF));

    public Rgb {
        if (((red | green | blue) & ~0xFF) != 0) {
            throw new IllegalArgumentException("color " + red + "," + green + "," + blue);
        }
    }

    /**
     * A color written as a CSS level 1 name, {@code #rgb} or {@code #rrggbb}; the {@code #} may be
     * left out.
     */
    public static Optional<Rgb> of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        Integer named = NAMES.get(word);
        if (named != null) {
            return Optional.of(of(named));
        }
        String digits = word.startsWith("#") ? word.substring(1) : word;
        if (!digits.matches("[0-9a-f]{3}|[0-9a-f]{6}")) {
            return Optional.empty();
        }
        if (digits.length() == 3) {
            digits = digits.replaceAll("(.)", "$1$1");
        }
        return Optional.of(of(Integer.parseInt(digits, 16)));
    }

    private static Rgb of(int rgb) {
        return new Rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /** The color as {@code #rrggbb}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
