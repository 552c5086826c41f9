package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.Retries.Attempt;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.TransferSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often something is tried, when, and when no more. */
@Timeout(60)
class RetriesTest {
    private static final String HOST = "http://host";
    private static final int PER_HOST = 4;

    private final SetTime time = new SetTime();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> news = new CopyOnWriteArrayList<>();

    private Retries retries(int further) {
        return new Retries(settings(further), time, new Random(5), new Outages("from", news::add));
    }

    private static TransferSettings settings(int further) {
        return new TransferSettings(
                64, PER_HOST, further, Duration.ofSeconds(20), true, Set.of(), null, false);
    }

    /** Fails so many times, and succeeds from then on. */
    private Attempt<String> failing(int times, Fault fault) {
        return () -> {
            if (attempts.getAndIncrement() < times) {
                throw new StoreException(fault, "did not work", null);
            }
            return "done";
        };
    }

    private static StoreException fault(Retries retries, String host, Attempt<?> attempt)
            throws InterruptedException {
        try {
            retries.call(host, attempt);
        } catch (StoreException e) {
            return e;
        }
        throw new AssertionError("succeeded");
    }

    @Test
    void triesAgainUntilItWorks() throws Exception {
        Retries retries = retries(3);

        assertThat(retries.call(HOST, failing(3, Fault.RESET))).isEqualTo("done");
        assertThat(attempts).hasValue(4);
        assertThat(retries.retried()).isEqualTo(3);
    }

    @Test
    void givesUpAfterSoManyFurtherAttemptsAndSaysSo() throws Exception {
        Retries retries = retries(3);

        StoreException fault = fault(retries, HOST, failing(99, Fault.TIMEOUT));

        assertThat(fault.fault()).isEqualTo(Fault.TIMEOUT);
        assertThat(fault).hasMessage("did not work; tried 4 times");
        assertThat(attempts).hasValue(4);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void triesAgainWhatMayPassOnly(Fault kind) throws Exception {
        Retries retries = retries(1);

        StoreException fault = fault(retries, HOST, failing(99, kind));

        assertThat(fault.fault()).isEqualTo(kind);
        assertThat(attempts).hasValue(kind.isPassing() ? 2 : 1);
    }

    @Test
    void waitsUpToTwiceAsLongEachTime() throws Exception {
        Retries retries = retries(9);
        List<List<Duration>> pauses = new ArrayList<>();
        for (int call = 0; call < 100; call++) {
            SetTime before = time;
            before.sleeps().clear();
            attempts.set(0);
            // A success after 9 faults: neither the circuit nor the budget comes in between.
            for (int saved = 0; saved < 20; saved++) {
                retries.call(HOST, () -> "done");
            }
            retries.call(HOST, failing(9, Fault.SHORT));
            pauses.add(List.copyOf(time.sleeps()));
        }

        for (int i = 0; i < 9; i++) {
            int place = i;
            long longest = Math.min(10_000, 200L << i);
            assertThat(pauses)
                    .allSatisfy(
                            one ->
                                    assertThat(one.get(place))
                                            .isBetween(Duration.ZERO, Duration.ofMillis(longest)));
            // The mean of 100 numbers that are as likely anywhere is off by a sixth once in a
            // million.
            double mean =
                    pauses.stream().mapToLong(one -> one.get(place).toMillis()).average().orElse(0);
            assertThat(mean).isBetween(longest * 0.33, longest * 0.67);
        }
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        retries(3).call(HOST, busyOnce(Duration.ofSeconds(60)));

        assertThat(time.sleeps()).hasSize(1);
        assertThat(time.sleeps().getFirst())
                .isBetween(Duration.ofSeconds(60), Duration.ofMillis(60_200));
    }

    @Test
    void doesNotWaitLongerThanAMinute() throws Exception {
        StoreException fault = fault(retries(3), HOST, busyOnce(Duration.ofSeconds(61)));

        assertThat(fault)
                .hasMessage("busy; it asks to wait 61 s, and more than 60 s are not waited");
        assertThat(attempts).hasValue(1);
        assertThat(time.sleeps()).isEmpty();
    }

    private Attempt<String> busyOnce(Duration asked) {
        return () -> {
            if (attempts.getAndIncrement() == 0) {
                throw new StoreException(Fault.BUSY, "busy", asked, null);
            }
            return "done";
        };
    }

    @Test
    void makesOneAndAHalfAttemptsACallInAnOutageOfAllHosts() throws Exception {
        Retries retries = retries(3);
        int calls = 2000;

        for (int i = 0; i < calls; i++) {
            fault(retries, "http://host" + i, failing(Integer.MAX_VALUE, Fault.CONNECT));
        }

        assertThat(attempts.get()).isBetween(calls, calls * 3 / 2 + RetryBudget.START);
        assertThat(fault(retries, "http://x", failing(Integer.MAX_VALUE, Fault.CONNECT)).sentence())
                .contains("too many requests fail");
    }

    @Test
    void savesNoMoreThanAFewAttemptsInGoodTimes() throws Exception {
        Retries retries = retries(3);
        for (int i = 0; i < 10_000; i++) {
            retries.call(HOST, () -> "done");
        }

        for (int i = 0; i < 1000; i++) {
            fault(retries, "http://host" + i, failing(Integer.MAX_VALUE, Fault.CONNECT));
        }

        assertThat(attempts.get()).isLessThanOrEqualTo(1500 + RetryBudget.MOST);
    }

    /**
     * What calls have earned while they waited for their turn would be capped before it is used.
     */
    @Test
    void triesAllAgainThatHaveBegunAtTheSameTimeAndOfWhichAThirdFails() throws Exception {
        Retries retries = retries(3);
        int calls = 6 * RetryBudget.MOST;
        CountDownLatch begun = new CountDownLatch(calls);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                AtomicInteger left = new AtomicInteger(i % 3 == 0 ? 1 : 0);
                results.add(
                        threads.submit(
                                () -> {
                                    begun.countDown();
                                    return retries.call(
                                            HOST,
                                            () -> {
                                                begun.await();
                                                if (left.getAndDecrement() > 0) {
                                                    throw new StoreException(
                                                            Fault.RESET, "reset", null);
                                                }
                                                return "done";
                                            });
                                }));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo("done");
            }
        }
        assertThat(retries.retried()).isEqualTo(calls / 3);
    }

    @Test
    void triesOnceMoreForEveryFaultWhenATenthFails() throws Exception {
        Retries retries = retries(3);
        Random chance = new Random(11);
        Attempt<String> attempt =
                () -> {
                    attempts.incrementAndGet();
                    if (chance.nextInt(10) == 0) {
                        throw new StoreException(Fault.RESET, "broke", null);
                    }
                    return "done";
                };
        int failed = 0;
        for (int i = 0; i < 10_000; i++) {
            try {
                retries.call(HOST, attempt);
            } catch (StoreException e) {
                failed++;
            }
        }

        // One in 10,000 is expected to fail four times in a row.
        assertThat(failed).isLessThan(8);
        assertThat(attempts.get()).isBetween(10_900, 11_300);
    }

    @Test
    void probesAHostThatOnlyFailsAndGivesItUp() throws Exception {
        Retries retries = retries(3);
        Attempt<String> never = failing(Integer.MAX_VALUE, Fault.CONNECT);
        // Of four attempts each: 10 until the host is left alone, and 6 probes.
        for (int call = 0; call < 4; call++) {
            assertThat(fault(retries, HOST, never).fault()).isEqualTo(Fault.CONNECT);
        }
        assertThat(attempts).hasValue(16);
        assertThat(time.sleeps().stream().skip(7).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L);

        StoreException next = fault(retries, HOST, never);

        assertThat(next.fault()).isEqualTo(Fault.GIVEN_UP);
        assertThat(next.sentence()).contains(HOST, "did not work", "imgpipe retry");
        assertThat(attempts).hasValue(16);
        assertThat(news)
                .containsExactly(
                        "transfers from http://host wait: did not work, 10 times in a row; one of"
                                + " them tries again in 1 s, then less and less often for about a"
                                + " minute",
                        "transfers from http://host are given up after 63 s: did not work");
        assertThat(retries.call("http://other", () -> "done")).isEqualTo("done");
    }

    @Test
    void givesAHostUpSoonerThatTakesLongToFail() throws Exception {
        Retries retries = retries(20);
        Attempt<String> slow =
                () -> {
                    attempts.incrementAndGet();
                    time.pass(Duration.ofSeconds(30));
                    throw new StoreException(Fault.TIMEOUT, "slow", null);
                };

        assertThat(fault(retries, HOST, slow).fault()).isEqualTo(Fault.GIVEN_UP);
        assertThat(attempts).hasValue(HostGate.FAULTS + HostGate.LEAST_PROBES);
    }

    @Test
    void goesOnWhenAProbeSucceeds() throws Exception {
        Retries retries = retries(3);
        Attempt<String> sometime = failing(HostGate.FAULTS + 3, Fault.BUSY);
        fault(retries, HOST, sometime);
        fault(retries, HOST, sometime);
        fault(retries, HOST, sometime);

        assertThat(retries.call(HOST, sometime)).isEqualTo("done");
        assertThat(attempts).hasValue(HostGate.FAULTS + 4);
        assertThat(retries.hosts()).isZero();
    }

    @Test
    void probesNotBeforeTheTimeThatTheServerAsksFor() throws Exception {
        Retries retries = retries(20);
        Attempt<String> busy =
                () -> {
                    if (attempts.incrementAndGet() <= HostGate.FAULTS + 1) {
                        throw new StoreException(Fault.BUSY, "busy", Duration.ofSeconds(9), null);
                    }
                    return "done";
                };

        retries.call(HOST, busy);

        assertThat(time.sleeps().stream().skip(HostGate.FAULTS - 1).map(Duration::toSeconds))
                .containsExactly(9L, 9L);
    }

    @Test
    void takesAnyAnswerForASignOfLife() throws Exception {
        Retries retries = retries(0);
        for (int i = 0; i < 100; i++) {
            Fault kind = i % 10 == 9 ? Fault.MISSING : Fault.BUSY;
            assertThat(fault(retries, HOST, failing(Integer.MAX_VALUE, kind)).fault())
                    .isEqualTo(kind);
        }

        assertThat(attempts).hasValue(100);
    }

    @Test
    void givesNoHostUpForOnePictureThatAlwaysFails() throws Exception {
        Retries retries = retries(3);
        Attempt<String> bad = failing(Integer.MAX_VALUE, Fault.BUSY);
        for (int i = 0; i < 20; i++) {
            for (int row = 0; row < 3; row++) {
                assertThat(fault(retries, HOST, bad).fault()).isEqualTo(Fault.BUSY);
            }
            assertThat(retries.call(HOST, () -> "done")).isEqualTo("done");
        }
    }

    @Test
    void costsNothingButTimeWhenAHostIsAwayForAWhile() throws Exception {
        Time twentyTimesFaster =
                new Time() {
                    @Override
                    public long nanos() {
                        return System.nanoTime() * 20;
                    }

                    @Override
                    public void sleep(Duration duration) throws InterruptedException {
                        Thread.sleep(duration.dividedBy(20));
                    }
                };
        Retries retries =
                new Retries(
                        settings(3),
                        twentyTimesFaster,
                        new Random(5),
                        new Outages("from", news::add));
        Attempt<String> away = failing(14, Fault.CONNECT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(threads.submit(() -> retries.call(HOST, away)));
            }
            for (Future<String> call : calls) {
                assertThat(call.get()).isEqualTo("done");
            }
        }

        assertThat(attempts).hasValue(64 + 14);
        assertThat(news).hasSize(2);
        assertThat(news.getFirst()).startsWith("transfers from " + HOST + " wait: did not work");
        assertThat(news.getLast())
                .startsWith("transfers from " + HOST + " go on after ")
                .endsWith(" s: it answers again");
    }

    @Test
    void leavesAHostAloneThatIsAwayForGood() throws Exception {
        Retries retries = retries(3);
        Attempt<String> away = failing(Integer.MAX_VALUE, Fault.CONNECT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fault>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                calls.add(threads.submit(() -> fault(retries, HOST, away).fault()));
            }
            for (Future<Fault> call : calls) {
                assertThat(call.get()).isIn(Fault.CONNECT, Fault.GIVEN_UP);
            }
        }

        // Those that were under way when it was seen to be away may fail too.
        assertThat(attempts.get())
                .isBetween(
                        HostGate.FAULTS + HostGate.PROBES,
                        HostGate.FAULTS + HostGate.PROBES + PER_HOST);
    }

    @Test
    void letsSoManyAttemptsToAHostGoOnAtATime() throws Exception {
        Retries retries = retries(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(PER_HOST);
        Attempt<String> attempt =
                () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    full.countDown();
                    full.await();
                    Thread.sleep(2);
                    inside.decrementAndGet();
                    return "done";
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(threads.submit(() -> retries.call(HOST, attempt)));
            }
            for (Future<String> call : calls) {
                call.get();
            }
        }

        assertThat(most).hasValue(PER_HOST);
    }

    @Test
    void lendsAPlaceToTheNextWhenSomebodyIsInterrupted() throws Exception {
        Retries retries = retries(3);
        CountDownLatch begun = new CountDownLatch(PER_HOST);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> stuck = new ArrayList<>();
            for (int i = 0; i < PER_HOST; i++) {
                stuck.add(
                        threads.submit(
                                () ->
                                        retries.call(
                                                HOST,
                                                () -> {
                                                    begun.countDown();
                                                    new CountDownLatch(1).await();
                                                    return "never";
                                                })));
            }
            begun.await();
            Future<String> waiting = threads.submit(() -> retries.call(HOST, () -> "done"));
            stuck.forEach(one -> one.cancel(true));

            assertThat(waiting.get()).isEqualTo("done");
        }
    }

    @Test
    void passesOnWhatIsNoFaultOfTheNetwork() {
        Retries retries = retries(3);

        assertThatThrownBy(
                        () ->
                                retries.call(
                                        HOST,
                                        () -> {
                                            throw new IllegalStateException("defect");
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(retries.hosts()).isZero();
    }

    @Test
    void forgetsHostsThatAreWellAndTheOldestOfTheOthers() throws Exception {
        Retries retries = retries(0);
        for (int i = 0; i < 100_000; i++) {
            retries.call("http://well" + i, () -> "done");
        }
        assertThat(retries.hosts()).isZero();

        for (int i = 0; i < HostGates.IDLE + 5000; i++) {
            fault(retries, "http://ill" + i, failing(Integer.MAX_VALUE, Fault.CONNECT));
        }
        assertThat(retries.hosts()).isEqualTo(HostGates.IDLE);
    }
}
