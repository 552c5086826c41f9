package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.transfer.store.StoreException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When refusals are those of the output, and when a picture's. */
class RefusalsTest {
    private final Refusals refusals = new Refusals(false);

    @ParameterizedTest
    @EnumSource(names = {"DENIED", "MISSING", "UNSUPPORTED", "FORBIDDEN", "GIVEN_UP"})
    void theFirstOneIsTheLastOneWhereNothingWasEverTaken(Fault fault) {
        assertThat(refusals.end(fault)).isTrue();
        assertThat(refusals.end(Fault.REFUSED)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"DENIED", "MISSING", "UNSUPPORTED", "REFUSED", "SHORT", "TIMEOUT"})
    void aRowOfThemIsNeededWhereSomethingWasTaken(Fault fault) {
        refusals.taken();
        for (int i = 1; i < Refusals.ROW; i++) {
            assertThat(refusals.end(fault)).isFalse();
        }

        assertThat(refusals.end(fault)).isTrue();
    }

    @Test
    void anyThatIsTakenEndsTheRow() {
        for (int i = 0; i < 10 * Refusals.ROW; i++) {
            refusals.taken();
            assertThat(refusals.end(Fault.DENIED)).isFalse();
        }
    }

    @Test
    void whatEarlierRunsHavePutThereCountsAsTaken() {
        assertThat(new Refusals(true).end(Fault.DENIED)).isFalse();
    }

    @Test
    void whatIsWrongWithAPictureAtFirstIsOfThatPicture() {
        assertThat(refusals.end(Fault.REFUSED)).isFalse();
    }

    @Test
    void aHostThatIsGivenUpTakesNothingMore() {
        refusals.taken();

        assertThat(refusals.end(Fault.GIVEN_UP)).isTrue();
    }

    @Test
    void filesOfThisMachineSayNothingOfTheOutput() {
        for (int i = 0; i < 10 * Refusals.ROW; i++) {
            assertThat(refusals.end(Fault.LOCAL)).isFalse();
        }
    }

    @Test
    void anEndStaysOneButForFilesOfThisMachine() {
        refusals.end(Fault.DENIED);
        refusals.taken();

        assertThat(refusals.end(Fault.REFUSED)).isTrue();
        assertThat(refusals.end(Fault.LOCAL)).isFalse();
        assertThat(refusals.end(Fault.REFUSED)).isTrue();
    }
}
