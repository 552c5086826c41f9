package imgpipe.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed, sorted but not yet understood.
 *
 * @param verb what to do
 * @param values the value of each option given, empty for options without one
 * @param verbosity how often {@code -v} was given
 * @param operands what is neither verb nor option, in order
 */
record Arguments(Verb verb, Map<Opt, String> values, int verbosity, List<String> operands) {
    Arguments {
        values = Map.copyOf(values);
        operands = List.copyOf(operands);
    }

    boolean has(Opt option) {
        return values.containsKey(option);
    }

    Optional<String> value(Opt option) {
        return Optional.ofNullable(values.get(option));
    }
}
