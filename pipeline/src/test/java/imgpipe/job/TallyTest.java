package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void givesTheReasonThatHasEndedTheRunNotWhatFollowed() {
        tally.stopped(Stop.OUTPUT_REFUSED, "the server answered 403");
        tally.stopped(Stop.OUTPUT_REFUSED, "the server answered 500");

        assertThat(tally.summary(1, Stop.OUTPUT_REFUSED).reason())
                .contains("the server answered 403");
    }

    @Test
    void givesNoReasonForARunThatSomethingElseHasEnded() {
        tally.stopped(Stop.OUTPUT_REFUSED, "the server answered 403");

        assertThat(tally.summary(1, Stop.DURATION).reason()).isEmpty();
    }
}
