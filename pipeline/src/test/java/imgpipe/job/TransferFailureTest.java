package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.FailureKind;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferFailureTest {
    private final IOException full = new IOException("No space left on device");

    @ParameterizedTest
    @CsvSource({
        "LIMIT,         LIMIT",
        "NOT_A_PICTURE, NOT_A_PICTURE",
        "TIMEOUT,       TIMEOUT",
        "LOCAL,         READ",
        "MISSING,       HTTP",
        "GIVEN_UP,      HTTP"
    })
    void saysWhatKeptASourceFromComing(Fault fault, FailureKind kind) {
        assertThat(TransferFailure.ofFetching(new StoreException(fault, "so it is", null)))
                .isEqualTo(new TransferFailure(kind, "so it is"));
    }

    @Test
    void tellsAFullSpoolFromADamagedOne() {
        assertThat(TransferFailure.ofFetching(new StoreException(Fault.LOCAL, "no", full)).kind())
                .isEqualTo(FailureKind.DISK_FULL);
    }

    @Test
    void namesTheOutputsThatCannotBeWritten() {
        StoreException why = new StoreException(Fault.DENIED, "the server answered 403", null);

        assertThat(TransferFailure.ofSending(why, List.of("a%20b.jpg", "c.webp")))
                .isEqualTo(
                        new TransferFailure(
                                FailureKind.HTTP,
                                "it cannot be written to a b.jpg and c.webp: the server answered"
                                        + " 403"));
    }

    @Test
    void tellsAFullOutputFromOneThatCannotBeWritten() {
        assertThat(TransferFailure.ofSending(full, List.of("a.jpg")).kind())
                .isEqualTo(FailureKind.DISK_FULL);
        assertThat(TransferFailure.ofSending(new IOException("no"), List.of("a.jpg")).kind())
                .isEqualTo(FailureKind.WRITE);
    }
}
