package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.HostGate.Pass;
import imgpipe.transfer.HostGate.Sign;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may pass while a host is left alone. */
@Timeout(60)
class HostGateTest {
    private final StoreException fault = new StoreException(Fault.CONNECT, "did not work", null);

    private final SetTime time = new SetTime();

    private final HostGate gate =
            new HostGate("http://host", 4, time, new Random(3), new Outages("from", _ -> {}));

    private void fail(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            gate.leave(gate.enter(), Sign.TROUBLE, fault);
        }
    }

    @Test
    void letsTheNextOneProbeWhereTheLastOneFailed() throws Exception {
        fail(HostGate.FAULTS);
        List<String> probed = new CopyOnWriteArrayList<>();
        Pass first = gate.enter();
        assertThat(first.probe()).isTrue();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> second = threads.submit(() -> probe("second", probed));
            while (gate.waiting() < 1) {
                Thread.onSpinWait();
            }
            gate.leave(first, Sign.TROUBLE, fault);
            assertThat(probe("first", probed)).isTrue();
            assertThat(second.get()).isTrue();
        }

        assertThat(probed).containsExactly("second", "first");
    }

    /** A host that serves all others is not given up for those that have come first. */
    @RepeatedTest(20)
    void findsOneThatIsAnsweredAmongManyThatAreNot() throws Exception {
        fail(HostGate.FAULTS);
        Pass first = gate.enter();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Future<Boolean> _ = threads.submit(() -> probe("bad", new ArrayList<>()));
            }
            while (gate.waiting() < 20) {
                Thread.onSpinWait();
            }
            AtomicInteger answered = new AtomicInteger();
            for (int i = 0; i < 400; i++) {
                Future<Integer> _ =
                        threads.submit(
                                () -> {
                                    gate.leave(gate.enter(), Sign.ALIVE, null);
                                    return answered.incrementAndGet();
                                });
            }
            while (gate.waiting() < 420) {
                Thread.onSpinWait();
            }

            gate.leave(first, Sign.TROUBLE, fault);

            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            // The last ones may be left with nobody but those that fail.
            assertThat(answered).hasValueGreaterThan(200);
        }
    }

    private boolean probe(String who, List<String> probed) throws Exception {
        Pass pass = gate.enter();
        probed.add(who);
        gate.leave(pass, Sign.TROUBLE, fault);
        return pass.probe();
    }

    @Test
    void lendsTheProbeToTheNextWhenTheFirstIsInterrupted() throws Exception {
        fail(HostGate.FAULTS);
        Thread.currentThread().interrupt();
        try {
            gate.enter();
            throw new AssertionError("entered");
        } catch (InterruptedException e) {
            assertThat(gate.enter().probe()).isTrue();
        }
    }

    @Test
    void opensForAllWithAnyAnswer() throws Exception {
        fail(HostGate.FAULTS);
        Pass probe = gate.enter();
        gate.leave(probe, Sign.PARTLY_ALIVE, fault);

        assertThat(gate.isClosed()).isTrue();
        assertThat(gate.isHealthy()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(gate.enter().probe()).isFalse();
        }
    }

    /** A slow attempt from before has shown meanwhile that the host answers. */
    @Test
    void takesAProbeOfAnEarlierTimeForAnAttemptLikeOthers() throws Exception {
        Pass slow = gate.enter();
        fail(HostGate.FAULTS);
        Pass late = gate.enter();
        gate.leave(slow, Sign.ALIVE, null);
        fail(HostGate.FAULTS);
        Pass probe = gate.enter();
        assertThat(late.probe() && probe.probe()).isTrue();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Pass> next = threads.submit(gate::enter);
            while (gate.waiting() < 1) {
                Thread.onSpinWait();
            }
            gate.leave(late, Sign.TROUBLE, fault);
            assertThat(gate.waiting()).isEqualTo(1);
            gate.leave(probe, Sign.TROUBLE, fault);
            gate.leave(next.get(), Sign.TROUBLE, fault);
        }
        fail(HostGate.PROBES - 2);

        assertThat(time.sleeps().stream().map(Duration::toSeconds))
                .containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L);
        assertThatThrownBy(gate::enter).hasMessageContaining("6 more after pauses");
    }

    @Test
    void countsFaultsInARowOnly() throws Exception {
        for (int i = 0; i < 5; i++) {
            fail(HostGate.FAULTS - 1);
            gate.leave(gate.enter(), Sign.ALIVE, null);
        }

        assertThat(gate.isClosed()).isTrue();
    }
}
