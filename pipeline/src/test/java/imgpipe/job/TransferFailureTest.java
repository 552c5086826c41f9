package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.FailureKind;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
    void namesAPlaceOnceWhereTheStoreNamesItToo() {
        StoreException why =
                new StoreException(
                        Fault.REFUSED, "http://host/b.jpg: the server answered 507", null);

        assertThat(TransferFailure.ofSending(why, List.of("b.jpg")))
                .isEqualTo(
                        new TransferFailure(
                                FailureKind.HTTP,
                                "it cannot be written: http://host/b.jpg: the server answered"
                                        + " 507"));
    }

    @Test
    void namesTheOutputsInAFolder() {
        assertThat(
                        TransferFailure.ofSending(
                                new AccessDeniedException("/out/a b.jpg"),
                                List.of("a%20b.jpg", "a%20b.png")))
                .isEqualTo(
                        new TransferFailure(
                                FailureKind.WRITE,
                                "it cannot be written to a b.jpg and a b.png: permission denied"));
    }

    @Test
    void tellsAFullOutputFromOneThatCannotBeWritten() {
        assertThat(TransferFailure.ofSending(full, List.of("a.jpg")).kind())
                .isEqualTo(FailureKind.DISK_FULL);
        assertThat(TransferFailure.ofSending(new IOException("no"), List.of("a.jpg")).kind())
                .isEqualTo(FailureKind.WRITE);
    }
}
