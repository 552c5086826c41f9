package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.transfer.store.StoreException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When refusals are those of the output, and when a picture's. */
class RefusalsTest {
    /** With 16 transfers, as there are by default. */
    private static final int ROW = 20;

    private final Refusals refusals = new Refusals(false, 16);

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
        for (int i = 1; i < ROW; i++) {
            assertThat(refusals.end(fault)).isFalse();
        }

        assertThat(refusals.end(fault)).isTrue();
    }

    @Test
    void aRowIsLongerThanWhatOneBadMomentMeets() {
        Refusals many = new Refusals(true, 64);
        for (int i = 1; i < 68; i++) {
            assertThat(many.end(Fault.BUSY)).isFalse();
        }

        assertThat(many.end(Fault.BUSY)).isTrue();
    }

    @Test
    void aRowOfFewTransfersIsOneAllTheSame() {
        Refusals few = new Refusals(true, 1);
        for (int i = 1; i < ROW; i++) {
            assertThat(few.end(Fault.BUSY)).isFalse();
        }

        assertThat(few.end(Fault.BUSY)).isTrue();
    }

    @Test
    void anyThatIsTakenEndsTheRow() {
        for (int i = 0; i < 10 * ROW; i++) {
            refusals.taken();
            assertThat(refusals.end(Fault.DENIED)).isFalse();
        }
    }

    @Test
    void whatEarlierRunsHavePutThereCountsAsTaken() {
        assertThat(new Refusals(true, 16).end(Fault.DENIED)).isFalse();
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
        for (int i = 0; i < 10 * ROW; i++) {
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
