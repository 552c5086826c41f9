package imgpipe.cli;

import imgpipe.job.ReadableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Sorts a command line into verb, options and operands by the tables {@link Verb}, {@link Opt}. */
final class ArgumentParser {
    private ArgumentParser() {}

    /**
     * Sorts what was typed. Options may stand anywhere, before the verb too; {@code --} ends them.
     *
     * @throws UsageException for unknown names, options twice or with the wrong verb, and a wrong
     *     number of operands
     */
    static Arguments parse(String... args) throws UsageException {
        CommandLine line = sort(args);
        Map<Opt, String> values = new EnumMap<>(Opt.class);
        for (Opt option : Opt.values()) {
            if (!line.hasOption(option.longName())) {
                continue;
            }
            String[] given = line.getOptionValues(option.longName());
            if (given != null && given.length > 1) {
                throw new UsageException(
                        option + " is given " + given.length + " times; give it once");
            }
            values.put(option, given == null ? "" : given[0]);
        }
        int verbosity = 0;
        for (Option option : line.getOptions()) {
            verbosity += Opt.VERBOSE.longName().equals(option.getLongOpt()) ? 1 : 0;
        }
        List<String> operands = new ArrayList<>(line.getArgList());
        boolean asksForHelp = values.containsKey(Opt.HELP) || values.containsKey(Opt.VERSION);
        if (operands.isEmpty() && asksForHelp) {
            return new Arguments(Verb.HELP, values, verbosity, operands);
        }
        Verb verb = verb(operands);
        operands.removeFirst();
        for (Opt option : values.keySet()) {
            if (!verb.accepts(option)) {
                throw new UsageException(
                        option + " does not go with " + verb + "; see imgpipe help " + verb);
            }
        }
        if (!asksForHelp) {
            checkCount(verb, operands, list(values));
        }
        return new Arguments(verb, values, verbosity, operands);
    }

    /** The option that stands in place of IN, if one is given. */
    private static Optional<Opt> list(Map<Opt, String> values) throws UsageException {
        if (values.containsKey(Opt.FILES_FROM) && values.containsKey(Opt.URLS)) {
            throw new UsageException(
                    Opt.FILES_FROM + " and " + Opt.URLS + " do not go together; give one of them");
        }
        return Stream.of(Opt.FILES_FROM, Opt.URLS).filter(values::containsKey).findFirst();
    }

    private static CommandLine sort(String... args) throws UsageException {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    // A file may be called "a" with its quotes.
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options(), args, false);
        } catch (UnrecognizedOptionException e) {
            throw unknownOption(e.getOption());
        } catch (MissingArgumentException e) {
            Option option = e.getOption();
            throw new UsageException(
                    "--"
                            + option.getLongOpt()
                            + " lacks its value; write --"
                            + option.getLongOpt()
                            + " "
                            + option.getArgName());
        } catch (ParseException e) {
            throw new UsageException(e.getMessage() + "; see imgpipe --help", e);
        }
    }

    private static Options options() {
        Options options = new Options();
        for (Opt option : Opt.values()) {
            options.addOption(
                    Option.builder(option.letter().isEmpty() ? null : option.letter())
                            .longOpt(option.longName())
                            .hasArg(option.hasArgument())
                            .argName(option.argument())
                            .desc(option.description())
                            .get());
        }
        return options;
    }

    private static UsageException unknownOption(String token) {
        String name = token.replaceFirst("=.*", "");
        List<String> known = Arrays.stream(Opt.values()).map(Opt::toString).toList();
        if (known.contains(name)) {
            return new UsageException(name + " takes no value; leave out what follows the =");
        }
        return new UsageException(
                "there is no option "
                        + ReadableName.oneLine(name)
                        + NearestName.of(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; see imgpipe --help"));
    }

    /** The verb that the first operand names. */
    static Verb verb(List<String> operands) throws UsageException {
        if (operands.isEmpty()) {
            throw new UsageException("what to do? Begin with imgpipe --help");
        }
        String name = operands.getFirst();
        Optional<Verb> verb = Verb.of(name);
        if (verb.isEmpty()) {
            List<String> known = Arrays.stream(Verb.values()).map(Verb::toString).toList();
            throw new UsageException(
                    "there is no verb \""
                            + ReadableName.oneLine(name)
                            + "\""
                            + NearestName.of(name, known)
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse("; verbs are " + String.join(", ", known)));
        }
        return verb.get();
    }

    private static void checkCount(Verb verb, List<String> operands, Optional<Opt> list)
            throws UsageException {
        List<String> wanted = new ArrayList<>(verb.operands());
        if (list.isPresent()) {
            wanted.remove("IN");
        }
        long needed = wanted.stream().filter(operand -> !operand.startsWith("[")).count();
        if (operands.size() < needed) {
            throw new UsageException(
                    verb
                            + " lacks "
                            + String.join(" and ", wanted.subList(operands.size(), wanted.size()))
                            + "; write imgpipe "
                            + verb
                            + " "
                            + String.join(" ", wanted));
        }
        boolean several = !wanted.isEmpty() && wanted.getLast().endsWith("...");
        if (operands.size() > wanted.size() && !several) {
            throw new UsageException(
                    verb
                            + (wanted.isEmpty()
                                    ? " takes no operand"
                                    : " takes " + String.join(" ", wanted))
                            + ", so what is \""
                            + ReadableName.oneLine(operands.get(wanted.size()))
                            + "\"? Quote names with spaces and globs"
                            + list.map(option -> "; " + option + " stands in place of IN")
                                    .orElse(""));
        }
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).isEmpty()) {
                String empty = wanted.get(Math.min(i, wanted.size() - 1));
                throw new UsageException(
                        empty.equals("RECIPE")
                                ? "RECIPE is empty; write something like 'orient | resize 800x800'"
                                : empty + " is empty; for the current folder write .");
            }
        }
    }
}
