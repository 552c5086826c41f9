package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.operation.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final List<String> warnings = new ArrayList<>();
    private final Tally tally = new Tally();
    private Ending ending;

    @BeforeEach
    void begin() throws RecipeException {
        ending =
                new Ending(
                        JobTest.spec(Path.of("in"), Path.of("out")),
                        tally,
                        new JobListener() {
                            @Override
                            public void warning(String sentence) {
                                warnings.add(sentence);
                            }
                        });
    }

    @Test
    void theFirstReasonCounts() {
        ending.stop(Stop.DURATION);
        ending.stop(Stop.IO_ERROR);

        assertThat(ending.sums().stop()).contains(Stop.DURATION);
    }

    @Test
    void aBoundThatLeavesNothingHasStoppedNothing() {
        tally.found(1);
        ending.listed();
        ending.stop(Stop.DURATION);
        tally.skipped();
        ending.settle();

        assertThat(ending.sums().stop()).isEmpty();
    }

    @Test
    void aBoundThatLeavesSomethingHasStoppedTheRun() {
        tally.found(1);
        ending.listed();
        ending.stop(Stop.DURATION);
        ending.settle();

        assertThat(ending.sums().stop()).contains(Stop.DURATION);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aBoundWithinTheListingHasStoppedTheRunWhateverIsLeft() {
        ending.stop(Stop.DURATION);
        ending.listed();
        ending.settle();

        assertThat(ending.isListed()).isFalse();
        assertThat(ending.sums().stop()).contains(Stop.DURATION);
    }

    @Test
    void picturesThatCameToNoEndAreNotPassedOver() {
        tally.found(1);
        ending.listed();
        ending.settle();

        assertThat(ending.sums().stop()).contains(Stop.IO_ERROR);
        assertThat(warnings).singleElement().asString().startsWith("1 pictures came to no end");
    }

    @Test
    void whatIsWrongBeforeThePlanIsMadeIsThrownButForMissingRoom() throws Exception {
        IOException fault = new IOException("no");
        assertThatThrownBy(() -> ending.stopFor(fault, fault)).isSameAs(fault);
        assertThat(ending.isStopped()).isFalse();

        IOException full = new IOException("No space left on device");
        ending.stopFor(full, full);
        assertThat(ending.sums().stop()).contains(Stop.DISK_FULL);
    }

    @Test
    void whatIsWrongLaterEndsTheRunWithItsSums() throws Exception {
        ending.begun();
        IOException fault = new IOException("no");
        ending.stopFor(fault, fault);

        assertThat(ending.sums().stop()).contains(Stop.IO_ERROR);
        assertThat(warnings).containsExactly("the run could not go on: no");
    }
}
