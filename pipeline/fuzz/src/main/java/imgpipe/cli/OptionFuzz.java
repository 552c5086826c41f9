package imgpipe.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is typed. Any words are arguments or a {@link UsageException}, and any values of options
 * what a job can be made of or a {@link UsageException} of one line.
 */
public final class OptionFuzz {
    private static final List<Verb> VERBS =
            List.of(Verb.RESIZE, Verb.CONVERT, Verb.THUMBS, Verb.WATERMARK, Verb.BENCH);

    /** Without those whose values are names of files, which are looked up. */
    private static final List<Opt> OPTIONS =
            Arrays.stream(Opt.values()).filter(option -> !option.takesPath()).toList();

    private OptionFuzz() {}

    /**
     * The text's lines are words for the parser. For the values, every line begins with a letter
     * that chooses the option; the first line's last one chooses the verb.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", -1);
        try {
            ArgumentParser.parse(lines);
        } catch (UsageException e) {
            requireSentence(e);
        }
        Verb verb = VERBS.get((data.length == 0 ? 0 : data[0] & 0xFF) % VERBS.size());
        Map<Opt, String> values = new EnumMap<>(Opt.class);
        for (String line : lines) {
            if (!line.isEmpty()) {
                Opt option = OPTIONS.get(line.charAt(0) % OPTIONS.size());
                if (verb.accepts(option)) {
                    values.put(option, option.hasArgument() ? line.substring(1) : "");
                }
            }
        }
        try {
            SpecArguments.spec(new Arguments(verb, values, 0, List.of(".", "no-such-folder")));
        } catch (UsageException e) {
            requireSentence(e);
        }
    }

    private static void requireSentence(UsageException e) {
        String sentence = e.getMessage();
        if (sentence == null || sentence.isBlank() || sentence.lines().count() > 1) {
            throw new IllegalStateException("not one sentence: " + sentence, e);
        }
    }
}
