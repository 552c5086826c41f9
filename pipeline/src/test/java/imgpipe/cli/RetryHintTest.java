package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryHintTest {
    private final RetryHint hint = new RetryHint();

    private void fail(FailureKind kind, String sentence) {
        Task task = new Task(0, "a", "/in/a", 1, 1, List.of(new Rendition("/out/a", "jpeg")));
        hint.recorded(task, new Outcome.Failed(0, kind, "a", sentence), 0);
    }

    private String line() throws UsageException {
        return hint.line(ArgumentParser.parse(new String[] {"resize", "in", "out"})).orElseThrow();
    }

    @Test
    void namesTheLimitsThatPicturesWereTooLargeFor() throws UsageException {
        fail(FailureKind.LIMIT, "it has 9 bytes; half of --spool-size allows 5 for one picture");
        fail(FailureKind.LIMIT, "it has 9 bytes; --max-file allows 5");
        fail(FailureKind.HTTP, "gone, whatever --max-pixels says");

        assertThat(line())
                .isEqualTo(
                        "imgpipe: 1 HTTP, 2 LIMIT; to try them again, those of LIMIT with a larger"
                                + " --spool-size, --max-file: imgpipe retry out --kind HTTP,LIMIT");
    }

    @Test
    void namesNoneWhereNoneWas() throws UsageException {
        fail(FailureKind.HTTP, "gone");

        assertThat(line())
                .isEqualTo("imgpipe: 1 HTTP; to try them again: imgpipe retry out --kind HTTP");
    }
}
