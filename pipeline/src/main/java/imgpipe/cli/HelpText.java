package imgpipe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Help, made from the tables of verbs and options. */
final class HelpText {
    private static final int WIDTH = 80;
    private static final int COLUMN = 30;

    private HelpText() {}

    /** What imgpipe is and which verbs it has. */
    static String overview() {
        StringBuilder text = new StringBuilder();
        text.append("imgpipe turns a folder of pictures into another one, on all cores.\n\n");
        text.append("  imgpipe VERB [options] IN OUT\n\nVerbs\n");
        for (Verb verb : Verb.values()) {
            row(text, verb + operands(verb), verb.summary());
        }
        text.append(
                "\nIN is a folder (with the folders below it), a file, a quoted glob such as\n");
        text.append("'photos/**.jpg', or - for a list of names on standard input.\n");
        text.append("OUT is a folder.\n\n");
        text.append("  ").append(Verb.RESIZE.example()).append("\n\n");
        text.append("imgpipe help VERB lists the options of a verb.\n");
        return text.toString();
    }

    /** The options of a verb with their defaults, and an example. */
    static String of(Verb verb) {
        StringBuilder text = new StringBuilder();
        text.append("imgpipe ").append(verb).append(": ").append(verb.summary()).append("\n\n");
        text.append("  imgpipe ").append(verb);
        text.append(verb.isJob() || verb == Verb.RETRY || verb == Verb.VERIFY ? " [options]" : "")
                .append(operands(verb))
                .append('\n');
        for (OptionGroup group : OptionGroup.values()) {
            List<Opt> options =
                    verb.options().stream().filter(option -> option.group() == group).toList();
            if (!options.isEmpty()) {
                text.append('\n').append(group.title()).append('\n');
                options.forEach(option -> row(text, label(option), description(option)));
            }
        }
        text.append("\nExample\n  ").append(verb.example()).append('\n');
        return text.toString();
    }

    private static String operands(Verb verb) {
        return verb.operands().stream().map(operand -> " " + operand).collect(Collectors.joining());
    }

    private static String label(Opt option) {
        return (option.letter().isEmpty() ? "    " : "-" + option.letter() + ", ")
                + option
                + (option.hasArgument() ? " " + option.argument() : "");
    }

    private static String description(Opt option) {
        return option.description()
                + (option.defaultText().isEmpty() ? "" : " [" + option.defaultText() + "]");
    }

    private static void row(StringBuilder text, String left, String right) {
        String start = "  " + left;
        List<String> lines = wrapped(right);
        if (start.length() + 2 > COLUMN) {
            text.append(start).append('\n');
            start = "";
        }
        for (String line : lines) {
            text.append(start).repeat(' ', COLUMN - start.length()).append(line).append('\n');
            start = "";
        }
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - COLUMN) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
