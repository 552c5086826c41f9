package imgpipe.codec;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML, knowing nothing of what it means. */
final class XmpText {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean tagOpen;

    void start(String name) {
        closeTag();
        text.append('<').append(name);
        open.push(name);
        tagOpen = true;
    }

    /** Belongs to the element that began last, before anything in it. */
    void attribute(String name, String value) {
        text.append(' ').append(name).append("=\"");
        escape(value, true);
        text.append('"');
    }

    void text(String characters) {
        closeTag();
        escape(characters, false);
    }

    void end() {
        String name = open.pop();
        if (tagOpen) {
            text.append("/>");
            tagOpen = false;
        } else {
            text.append("</").append(name).append('>');
        }
    }

    private void closeTag() {
        if (tagOpen) {
            text.append('>');
            tagOpen = false;
        }
    }

    private void escape(String characters, boolean quoted) {
        for (int i = 0; i < characters.length(); i++) {
            char character = characters.charAt(i);
            switch (character) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append(quoted ? "&quot;" : "\"");
                case '\r' -> text.append("&#13;");
                case '\n' -> text.append(quoted ? "&#10;" : "\n");
                case '\t' -> text.append(quoted ? "&#9;" : "\t");
                default -> text.append(character);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
