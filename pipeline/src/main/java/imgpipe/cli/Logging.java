package imgpipe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up. Named as its {@link Configurator}, so that Logback looks for no configuration
 * file, which takes longer than many a run.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{HH:mm:ss} %-5level %msg%n";
    private static final String FILE_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Begins to log to the terminal, and to a file if one is asked for.
     *
     * @throws UsageException when the file cannot be written
     */
    static Logger start(Arguments arguments, Terminal terminal) throws UsageException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Level shown = shown(arguments);
        root.addAppender(console(context, terminal, shown));
        Optional<String> file = arguments.value(Opt.LOG_FILE);
        LogFormat format = new Values(arguments).constant(Opt.LOG_FORMAT, LogFormat.TEXT);
        if (file.isPresent()) {
            root.addAppender(file(context, file.get(), format));
        } else if (arguments.has(Opt.LOG_FORMAT)) {
            throw new UsageException("--log-format goes with --log-file FILE only");
        }
        boolean debug = arguments.verbosity() > 1;
        root.setLevel(debug ? Level.DEBUG : file.isPresent() ? Level.INFO : shown);
        // What libraries log of a conversation holds addresses and credentials.
        for (String talkative : List.of("org.apache.hc", "software.amazon.awssdk")) {
            context.getLogger(talkative).setLevel(Level.OFF);
        }
        return LoggerFactory.getLogger("imgpipe");
    }

    /** Writes what is left, closes the file. */
    static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    /** What is shown on the terminal. */
    static Level shown(Arguments arguments) {
        if (arguments.has(Opt.QUIET)) {
            return Level.ERROR;
        }
        return switch (arguments.verbosity()) {
            case 0 -> Level.WARN;
            case 1 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static AppenderBase<ILoggingEvent> console(
            LoggerContext context, Terminal terminal, Level level) {
        PatternLayoutEncoder encoder = text(context, PATTERN);
        AppenderBase<ILoggingEvent> appender =
                new AppenderBase<>() {
                    @Override
                    protected void append(ILoggingEvent event) {
                        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
                        terminal.err(line.stripTrailing());
                    }
                };
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(level.toString());
        threshold.start();
        appender.addFilter(threshold);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private static FileAppender<ILoggingEvent> file(
            LoggerContext context, String name, LogFormat format) throws UsageException {
        Path path = InputArguments.path(Opt.LOG_FILE.toString(), name);
        try {
            // Logback itself would only complain to nobody.
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new UsageException(
                    "--log-file "
                            + Values.quoted(name)
                            + " cannot be written; name a file in a folder that is there",
                    e);
        }
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setEncoder(
                switch (format) {
                    case TEXT -> text(context, FILE_PATTERN);
                    case JSON -> json(context);
                });
        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder text(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.start();
        return encoder;
    }
}
