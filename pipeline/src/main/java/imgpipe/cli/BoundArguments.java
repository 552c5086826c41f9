package imgpipe.cli;

import imgpipe.job.Bounds;
import java.time.Duration;
import java.util.Optional;

/** What {@code --max-failures} and {@code --max-duration} mean. */
final class BoundArguments {
    private static final Duration LONGEST = Duration.ofDays(365);

    private BoundArguments() {}

    /**
     * Checks both.
     *
     * @throws UsageException for the first one that cannot be
     */
    static Bounds bounds(Arguments arguments) throws UsageException {
        Values values = new Values(arguments);
        Optional<String> failures = arguments.value(Opt.MAX_FAILURES);
        long most = Long.MAX_VALUE;
        double percent = 100;
        if (failures.isPresent() && failures.get().endsWith("%")) {
            percent = values.percent(Opt.MAX_FAILURES, percent, 0, 99.999);
        } else if (failures.isPresent()) {
            most = count(failures.get());
        }
        Duration time =
                values.time(
                        Opt.MAX_DURATION,
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        LONGEST,
                        "a time such as 90m or 6h");
        return new Bounds(most, percent, time.isZero() ? null : time);
    }

    private static long count(String text) throws UsageException {
        if (text.matches("\\d{1,9}")) {
            return Long.parseLong(text);
        }
        throw Values.wrong(
                Opt.MAX_FAILURES, text, "how many pictures may fail, or a part of them such as 5%");
    }
}
