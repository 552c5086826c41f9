package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogListenerTest {
    private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

    private LogListener listener() {
        return new LogListener(log());
    }

    private Logger log() {
        LoggerContext context = new LoggerContext();
        ch.qos.logback.classic.Logger log = context.getLogger("test");
        log.setLevel(Level.WARN);
        kept.setContext(context);
        kept.start();
        log.addAppender(kept);
        return log;
    }

    private List<String> messages() {
        return kept.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void asksWhatFitsTheInputThatIsEmpty() {
        new LogListener(log(), "is its prefix right?").emptied(1);

        assertThat(messages())
                .containsExactly(
                        "IN has no picture now, though the ledger of OUT has 1 picture made from it"
                                + " or tried before; is its prefix right?");
    }

    @Test
    void saysOnceWhatSeveralDeathsHaveInCommon() {
        LogListener listener = listener();

        listener.workerDied(
                0, "worker 0 (pid 12) ended; its log is a and ends in\n# at 0x7f pid=12");
        listener.workerDied(
                1, "worker 1 (pid 345) ended; its log is b and ends in\n# at 0x8e pid=345");
        listener.workerDied(1, "worker 1 (pid 6) ended; its log is b and ends in\n# elsewhere");
        listener.workerDied(1, "worker 1 (pid 7) ended; it printed nothing");
        listener.workerDied(1, "worker 1 (pid 8) ended; it printed nothing");

        assertThat(String.join("\n", messages()))
                .isEqualToNormalizingNewlines(
                        """
                        worker 0 died
                            worker 0 (pid 12) ended; its log is a and ends in
                            # at 0x7f pid=12
                        worker 1 died
                            worker 1 (pid 345) ended; its log is b and ends in the same again
                        worker 1 died
                            worker 1 (pid 6) ended; its log is b and ends in
                            # elsewhere
                        worker 1 died
                            worker 1 (pid 7) ended; it printed nothing
                        worker 1 died
                            worker 1 (pid 8) ended; it printed nothing\
                        """);
    }
}
