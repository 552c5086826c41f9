package imgpipe.transfer;

import imgpipe.transfer.HostGate.Pass;
import imgpipe.transfer.HostGate.Sign;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.TransferSettings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Makes attempts until one succeeds or no further one would help, so that a network which fails now
 * and then costs nothing but time, and an outage does not multiply the load.
 *
 * <ul>
 *   <li>After a fault that may pass there are up to {@link TransferSettings#retries()} further
 *       attempts, after pauses of 0 to 200 ms, 0 to 400 ms and so on up to 10 s ("full jitter"),
 *       and not before the time that the server asks for; one that asks for more than 60 s is not
 *       tried again.
 *   <li>An attempt that came further than those before it begins the count anew.
 *   <li>All calls share one {@link RetryBudget}.
 *   <li>At most {@link TransferSettings#perHost()} attempts go to one host at the same time.
 *   <li>A host that only fails is left alone, then probed, then given up: see {@link HostGate}. A
 *       call that waits for it meanwhile makes no attempts, unless it is its turn to probe; as the
 *       load does not grow by that, the budget is not asked.
 * </ul>
 *
 * Safe for use by several threads, and made for virtual ones.
 */
public final class Retries {
    /** The longest wait that a server's Retry-After may ask for. */
    static final Duration LONGEST_ASKED = Duration.ofSeconds(60);

    static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final int most;
    private final Time time;
    private final RandomGenerator random;
    private final RetryBudget budget = new RetryBudget();
    private final HostGates gates;
    private final AtomicLong retried = new AtomicLong();

    /** One attempt at something. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Makes it.
         *
         * @throws StoreException if it failed, with the class of fault that decides what is done
         */
        T make() throws StoreException, InterruptedException;
    }

    /**
     * Retries of a run, with budget and hosts of their own.
     *
     * @param outages tells of hosts that are left alone
     */
    public Retries(TransferSettings settings, Outages outages) {
        this(settings, Time.system(), new Random(), outages);
    }

    /** The same with another clock and other chance. */
    Retries(TransferSettings settings, Time time, RandomGenerator random, Outages outages) {
        most = settings.retries();
        this.time = time;
        this.random = random;
        gates = new HostGates(settings.perHost(), time, random, outages);
    }

    /**
     * Makes attempts until one succeeds. Waits for the host's turn, between attempts, and while the
     * host is left alone.
     *
     * @param host scheme, name and port, or whatever else fails together; shown to people
     * @return what the attempt returned
     * @throws StoreException the last attempt's, whose sentence then says how many there were; or
     *     {@link Fault#GIVEN_UP}
     */
    public <T> T call(String host, Attempt<T> attempt) throws StoreException, InterruptedException {
        return call(host, attempt, () -> 0);
    }

    /**
     * The same for something that a further attempt goes on with where the one before was cut off:
     * as long as each comes further there is no end to them, and no budget is asked, as nothing is
     * done twice.
     *
     * @param done how much of it is done, in any unit
     */
    public <T> T call(String host, Attempt<T> attempt, LongSupplier done)
            throws StoreException, InterruptedException {
        HostGate gate = gates.visit(host);
        try {
            return call(gate, attempt, done);
        } finally {
            gates.left(host);
        }
    }

    /** Attempts beyond the first of each call, so far. */
    public long retried() {
        return retried.get();
    }

    /** How many hosts are remembered. */
    int hosts() {
        return gates.size();
    }

    private <T> T call(HostGate gate, Attempt<T> attempt, LongSupplier done)
            throws StoreException, InterruptedException {
        for (int made = 0; ; made++) {
            long before = done.getAsLong();
            boolean further = false;
            Pass pass = gate.enter();
            if (made > 0) {
                retried.incrementAndGet();
            }
            StoreException fault;
            Sign sign = Sign.NONE;
            StoreException shown = null;
            try {
                T result = attempt.make();
                sign = Sign.ALIVE;
                return result;
            } catch (StoreException e) {
                fault = e;
                shown = e;
                further = done.getAsLong() > before;
                sign = further ? Sign.ALIVE : Sign.of(e.fault());
            } finally {
                gate.leave(pass, sign, shown);
                if (made == 0 || further) {
                    budget.firstAttempt();
                }
            }
            if (further) {
                made = 0;
            }
            pauseAfter(fault, made + 1, further, gate);
        }
    }

    /** Waits before the next attempt, or throws if there is none. */
    private void pauseAfter(StoreException fault, int made, boolean further, HostGate gate)
            throws StoreException, InterruptedException {
        Duration asked = fault.retryAfter();
        if (!fault.fault().isPassing() || made > most) {
            throw told(fault, made, "");
        }
        if (asked != null && asked.compareTo(LONGEST_ASKED) > 0) {
            throw told(
                    fault,
                    made,
                    "; it asks to wait %d s, and more than %d s are not waited"
                            .formatted(asked.toSeconds(), LONGEST_ASKED.toSeconds()));
        }
        if (!gate.isClosed()) {
            return;
        }
        if (!further && !budget.take()) {
            throw told(fault, made, "; not tried again, as too many requests fail");
        }
        time.sleep(pause(made, asked == null ? Duration.ZERO : asked));
    }

    private Duration pause(int made, Duration asked) {
        long longest =
                Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << Math.min(20, made - 1));
        return asked.plusNanos(random.nextLong(longest + 1));
    }

    private static StoreException told(StoreException fault, int made, String why) {
        if (made == 1 && why.isEmpty()) {
            return fault;
        }
        String attempts = made == 1 ? "" : "; tried " + made + " times";
        return new StoreException(
                fault.fault(), fault.sentence() + why + attempts, fault.retryAfter(), fault);
    }
}
