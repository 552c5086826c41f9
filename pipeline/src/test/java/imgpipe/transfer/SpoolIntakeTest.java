package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolIntakeTest {
    @TempDir private Path folder;
    private final ByteBudget budget = new ByteBudget(100);
    private ByteBudget.Share share;
    private SpoolIntake intake;

    @BeforeEach
    void open() throws Exception {
        share = budget.take(10);
        intake = intake(null);
    }

    @AfterEach
    void close() throws Exception {
        intake.close();
    }

    private SpoolIntake intake(@Nullable Known known) {
        return new SpoolIntake(
                folder.resolve("0"), share, SourceLimit.of(50, 1000), known, () -> {});
    }

    private void write(String text) throws StoreException, InterruptedException {
        byte[] bytes = ("__" + text).getBytes(StandardCharsets.ISO_8859_1);
        intake.write(bytes, 2, bytes.length - 2);
    }

    private static StoreException fault(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StoreException.class, call));
    }

    @Test
    void keepsWhatComesAndTakesAsMuchRoomAsThatNeeds() throws Exception {
        assertThat(intake.begin(-1, "tag")).isTrue();
        write("twelve bytes");
        write(" more");
        intake.end();
        SpooledFile file = intake.file();

        assertThat(file.path()).hasContent("twelve bytes more");
        assertThat(file.bytes()).isEqualTo(17);
        assertThat(file.validator()).isEqualTo("tag");
        assertThat(share.bytes()).isEqualTo(17);
        file.close();
        assertThat(file.path()).doesNotExist();
        budget.take(100).close();
    }

    @Test
    void refusesMoreThanIsAllowedBeforeOrWhileItComes() throws Exception {
        assertThat(fault(() -> intake.begin(51, "")).fault()).isEqualTo(Fault.LIMIT);
        assertThat(intake.begin(-1, "")).isTrue();
        write("x".repeat(50));
        StoreException endless = fault(() -> write("y"));
        assertThat(endless.fault()).isEqualTo(Fault.LIMIT);
        assertThat(endless.sentence())
                .contains("--max-file allows 50")
                .doesNotContain("--spool-size");
        assertThat(intake.wanted()).isZero();
    }

    @Test
    void wantsAsManyBytesAsWereAnnounced() throws Exception {
        assertThat(intake.begin(5, "")).isTrue();
        write("four");
        StoreException few = fault(intake::end);
        assertThat(few.fault()).isEqualTo(Fault.SHORT);
        assertThat(few.sentence()).contains("of 5 bytes only 4");
        assertThat(fault(() -> write("ab")).fault()).isEqualTo(Fault.SHORT);
    }

    @Test
    void asksForAnotherAttemptWithMoreRoomWhereThereIsNone() throws Exception {
        ByteBudget.Share other = budget.take(85);
        assertThat(fault(() -> intake.begin(20, "")).fault()).isEqualTo(Fault.LIMIT);
        assertThat(intake.wanted()).isEqualTo(20);

        intake = intake(null);
        assertThat(intake.begin(-1, "")).isTrue();
        write("x".repeat(10));
        assertThat(fault(() -> write("x")).fault()).isEqualTo(Fault.LIMIT);
        assertThat(intake.wanted()).as("four times what has come").isEqualTo(44);
        other.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Log in</title>",
                "\r\n  <HTML>",
                "\u00EF\u00BB\u00BF<html lang=en>",
                "<?xml version='1.0'?><Error/>",
                "{\"error\":\"not found\"}"
            })
    void takesAPageInWordsForNoPicture(String page) throws Exception {
        assertThat(intake.begin(-1, "")).isTrue();
        StoreException fault = fault(() -> write(page));
        assertThat(fault.fault()).isEqualTo(Fault.NOT_A_PICTURE);
        assertThat(fault.sentence()).doesNotContain("\n", "Log in");
    }

    @Test
    void leavesWhatIsStillAsItWas() throws Exception {
        intake = intake(new Known(5, "tag"));
        assertThat(intake.begin(5, "tag")).isFalse();
        assertThat(intake.begin(-1, "tag")).isFalse();
        assertThat(intake.begin(5, "other")).isTrue();

        // Where there is no validator, it is the size that tells.
        intake.close();
        intake = intake(new Known(5, ""));
        assertThat(intake.begin(5, "")).isFalse();
        assertThat(intake.begin(-1, "")).isTrue();
        assertThat(intake.begin(6, "")).isTrue();
    }
}
