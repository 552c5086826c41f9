package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ByteBudgetTest {
    @Test
    void neverGivesMoreThanThereIs() throws Exception {
        ByteBudget budget = new ByteBudget(1000);
        AtomicLong used = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    long bytes = random.nextLong(1500);
                                    try (ByteBudget.Share share = budget.take(bytes)) {
                                        assertThat(share.bytes()).isEqualTo(Math.min(bytes, 1000));
                                        long now = used.addAndGet(share.bytes());
                                        most.accumulateAndGet(now, Math::max);
                                        Thread.onSpinWait();
                                        used.addAndGet(-share.bytes());
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(1000);
        budget.take(1000).close();
    }

    @Test
    void servesInTheOrderOfAskingSoThatMuchIsNotKeptWaitingByLittle() throws Exception {
        ByteBudget budget = new ByteBudget(100);
        ByteBudget.Share first = budget.take(60);
        CountDownLatch much = new CountDownLatch(1);
        Thread waiting =
                Thread.startVirtualThread(
                        () -> {
                            try (ByteBudget.Share _ = budget.take(90)) {
                                much.countDown();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        // 40 bytes are free, but somebody has asked before.
        assertThat(first.resize(61)).isFalse();
        Thread little = Thread.startVirtualThread(() -> budget.takeUninterruptibly(10));
        while (little.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        first.close();
        much.await();
        little.join();
    }

    @Test
    void growsAndShrinksWithoutWaiting() throws Exception {
        ByteBudget budget = new ByteBudget(100);
        ByteBudget.Share one = budget.take(30);
        ByteBudget.Share other = budget.take(50);

        assertThat(one.resize(50)).isTrue();
        assertThat(other.resize(51)).isFalse();
        assertThat(other.bytes()).isEqualTo(50);
        assertThat(one.resize(10)).isTrue();
        assertThat(other.resize(90)).isTrue();
        one.close();
        one.close();
        assertThat(other.resize(100)).isTrue();
    }

    @Test
    void letsGoOfWhoeverWaitsWhenItIsClosed() throws Exception {
        ByteBudget budget = new ByteBudget(10);
        ByteBudget.Share all = budget.take(10);
        Thread waiting = Thread.startVirtualThread(() -> budget.takeUninterruptibly(5));
        budget.close();
        waiting.join();
        all.close();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new ByteBudget(1).take(1))
                .isInstanceOf(InterruptedException.class);
    }
}
