package imgpipe.listing;

import java.util.HexFormat;

/** Texts of others in sentences of ours. */
public final class Quoted {
    private static final int MOST = 80;

    private Quoted() {}

    /**
     * The text in quotes, on one line, without anything that a terminal takes for a command, and of
     * a long one the beginning.
     */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int end = text.length() <= MOST ? text.length() : MOST;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
                case Character.SURROGATE -> {
                    if (i + 1 < end && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                        quoted.append(c).append(text.charAt(++i));
                    } else {
                        quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
                    }
                }
                default -> quoted.append(c);
            }
        }
        return quoted.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
