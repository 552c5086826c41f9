package imgpipe.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a comparison has found out.
 *
 * @param pictures different ones; a lap takes all of them, more than once where it would be too
 *     short otherwise
 * @param pixels of these, together
 * @param rounds measured
 * @param figures of each contender, the plain loop first; empty if no picture could be done
 * @param peakBytes most memory that this JVM ever had resident, where the system tells
 * @param failures the pictures that could not be done and were left out
 */
public record Result(
        Machine machine,
        int pictures,
        long pixels,
        int rounds,
        List<Figures> figures,
        OptionalLong peakBytes,
        List<Failure> failures) {
    /**
     * A picture that could not be done.
     *
     * @param source its name, as people read it
     * @param sentence why
     */
    public record Failure(String source, String sentence) {}

    public Result {
        figures = List.copyOf(figures);
        failures = List.copyOf(failures);
    }

    /** The plain loop's figures, to which all others are compared. */
    Figures baseline() {
        return figures.getFirst();
    }

    /** The figures of one contender, if it took part. */
    Optional<Figures> of(Form form, int workers) {
        return figures.stream()
                .filter(each -> each.contender().equals(new Contender(form, workers)))
                .findFirst();
    }

    /** Of one form, in the order of workers. */
    List<Figures> of(Form form) {
        return figures.stream().filter(each -> each.contender().form() == form).toList();
    }

    /** The most workers. */
    int most() {
        return figures.stream().mapToInt(each -> each.contender().workers()).max().orElse(1);
    }
}
