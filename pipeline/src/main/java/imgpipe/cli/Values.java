package imgpipe.cli;

import imgpipe.job.ReadableName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of options, understood and within their ranges. */
final class Values {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([kmgt]?)b?");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,3})?)%?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|)");

    private final Arguments arguments;

    Values(Arguments arguments) {
        this.arguments = arguments;
    }

    /** A whole number from least to most. */
    int number(Opt option, int otherwise, int least, int most) throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(option, text.get(), "a whole number from " + least + " to " + most);
    }

    /** A percentage, with or without its sign, of at most three decimals. */
    double percent(Opt option, double otherwise, double least, double most) throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher matcher = PERCENT.matcher(text.get());
        if (matcher.matches()) {
            double percent = Double.parseDouble(matcher.group(1));
            if (percent >= least && percent <= most) {
                return percent;
            }
        }
        throw wrong(option, text.get(), "a percentage from " + least + " to " + most);
    }

    /** A number of bytes; k, m, g and t are powers of 1024. */
    long bytes(Opt option, long otherwise, long least, String example) throws UsageException {
        return amount(option, otherwise, least, 1024, example);
    }

    /** A number of things; k, m, g and t are powers of 1000. */
    long count(Opt option, long otherwise, long least, String example) throws UsageException {
        return amount(option, otherwise, least, 1000, example);
    }

    private long amount(Opt option, long otherwise, long least, int thousand, String example)
            throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher matcher = AMOUNT.matcher(text.get().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            long factor = 1;
            for (int i = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
                    i > 0;
                    i--) {
                factor *= thousand;
            }
            if (amount <= Long.MAX_VALUE / factor && amount * factor >= least) {
                return amount * factor;
            }
        }
        throw wrong(option, text.get(), example);
    }

    /** A time of at most a day; without a unit in seconds. */
    Duration time(Opt option, Duration otherwise, Duration least) throws UsageException {
        return time(
                option,
                otherwise,
                least,
                Duration.ofDays(1),
                "a time from " + least.toMillis() + "ms to 24h such as 500ms, 30s or 2m");
    }

    /** The same up to some other time. */
    Duration time(Opt option, Duration otherwise, Duration least, Duration most, String example)
            throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher matcher = TIME.matcher(text.get().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            double seconds =
                    Double.parseDouble(matcher.group(1))
                            * switch (matcher.group(2)) {
                                case "ms" -> 0.001;
                                case "m" -> 60;
                                case "h" -> 3600;
                                default -> 1;
                            };
            Duration time = Duration.ofMillis(Math.round(seconds * 1000));
            if (time.compareTo(least) >= 0 && time.compareTo(most) <= 0) {
                return time;
            }
        }
        throw wrong(option, text.get(), example);
    }

    /** One of a few words; {@code of} understands it. */
    <T> T word(Opt option, T otherwise, Function<String, Optional<T>> of) throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<T> value = of.apply(text.get());
        if (value.isPresent()) {
            return value.get();
        }
        throw wrong(option, text.get(), "one of " + String.join(", ", option.choices()));
    }

    /** One of the constants of an enumeration, in either case. */
    <E extends Enum<E>> E constant(Opt option, E otherwise) throws UsageException {
        Class<E> type = otherwise.getDeclaringClass();
        return word(
                option,
                otherwise,
                text -> {
                    for (E constant : type.getEnumConstants()) {
                        if (constant.name().equalsIgnoreCase(text)
                                && option.choices().stream().anyMatch(text::equalsIgnoreCase)) {
                            return Optional.of(constant);
                        }
                    }
                    return Optional.empty();
                });
    }

    /** The complaint about a value, and what to write instead. */
    static UsageException wrong(Opt option, String given, String instead) {
        return new UsageException(option + " " + quoted(given) + " cannot be; write " + instead);
    }

    /** The text as a message shows it. */
    static String quoted(String text) {
        return "\"" + ReadableName.oneLine(text) + "\"";
    }
}
