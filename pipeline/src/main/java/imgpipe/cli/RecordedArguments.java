package imgpipe.cli;

import imgpipe.job.JobException;
import imgpipe.job.JobException.Reason;
import imgpipe.job.JobRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments that the record of a run keeps: those which decide what is made of a picture, and
 * how. They mean the same in every folder, and hold neither IN nor OUT, but for a list of addresses
 * in place of IN.
 */
final class RecordedArguments {
    private static final Set<OptionGroup> NOT_KEPT =
            EnumSet.of(OptionGroup.MESSAGES, OptionGroup.GENERAL);

    /** These concern one run, or all of its pictures. */
    private static final Set<Opt> OWN =
            EnumSet.of(
                    Opt.FILES_FROM,
                    Opt.NUL,
                    Opt.ROOT,
                    Opt.JOB_DIR,
                    Opt.MANIFEST,
                    Opt.DRY_RUN,
                    Opt.MAX_FAILURES,
                    Opt.MAX_DURATION);

    private RecordedArguments() {}

    /**
     * The verb, its options, {@code --}, and the recipe if the verb takes one.
     *
     * @throws UsageException for arguments that cannot be
     */
    static List<String> of(Arguments arguments) throws UsageException {
        List<String> kept = new ArrayList<>(List.of(arguments.verb().toString()));
        for (Opt option : Opt.values()) {
            if (!arguments.has(option)
                    || NOT_KEPT.contains(option.group())
                    || OWN.contains(option)) {
                continue;
            }
            String value = arguments.value(option).orElse("");
            boolean isInput = option == Opt.URLS && value.equals("-");
            if (option.takesPath() && !isInput) {
                value = InputArguments.path(option.toString(), value).toAbsolutePath().toString();
            }
            kept.add(option.hasArgument() ? option + "=" + value : option.toString());
        }
        kept.add("--");
        if (arguments.verb() == Verb.RUN) {
            kept.add(RecipeArguments.recipe(arguments));
        }
        return kept;
    }

    /**
     * What was recorded, with other options of its own.
     *
     * @param changes options that stand in place of those recorded, or beside them
     * @throws JobException for a record that no run of this version has left
     */
    static Arguments read(JobRecord record, String out, Arguments changes) throws JobException {
        List<String> words = new ArrayList<>(record.arguments());
        String in = record.in();
        if (record.arguments().stream().noneMatch(word -> word.startsWith(Opt.URLS + "="))) {
            words.add(in == null ? "/" : in);
        }
        words.add(out);
        try {
            Arguments recorded = ArgumentParser.parse(words.toArray(String[]::new));
            Map<Opt, String> values = new EnumMap<>(Opt.class);
            values.putAll(recorded.values());
            values.putAll(changes.values());
            return new Arguments(recorded.verb(), values, changes.verbosity(), recorded.operands());
        } catch (UsageException e) {
            throw new JobException(
                    Reason.FAILED,
                    "the record of the run is none that this version understands: "
                            + e.getMessage(),
                    e);
        }
    }
}
