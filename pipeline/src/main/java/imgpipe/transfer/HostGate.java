package imgpipe.transfer;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one host, and the gate before it.
 *
 * <pre>
 *            10 faults in a row            6 probes failed, or 3 and a minute has passed
 *   CLOSED ─────────────────────► OPEN ───────────────────────────────────────► GIVEN UP
 *      ▲                           │ ▲
 *      └───── any answer ──────────┘ └── a probe failed: the next one after twice the pause
 * </pre>
 *
 * While it is closed, so many attempts may go on at the same time. While it is open all wait but
 * one, whose attempt is the probe, after pauses of 1, 2, 4, 8, 16 and 32 s. Chance decides whose it
 * is: of pictures that always fail, ten may come first and many follow, on a host that serves all
 * others. Safe for use by several threads, and made for virtual ones.
 */
final class HostGate {
    static final int FAULTS = 10;
    static final int PROBES = 6;
    static final int LEAST_PROBES = 3;
    static final Duration LONGEST_OPEN = Duration.ofSeconds(63);

    private enum State {
        CLOSED,
        OPEN,
        GIVEN_UP
    }

    /** What an attempt has shown of the host. */
    enum Sign {
        /** It answers. */
        ALIVE,
        /** It is in trouble. */
        TROUBLE,
        /** It answers, but not to the end: enough of a sign after silence. */
        PARTLY_ALIVE,
        /** Nothing. */
        NONE;

        /** That of a fault. */
        static Sign of(Fault fault) {
            if (fault.isOfHost()) {
                return TROUBLE;
            }
            return switch (fault) {
                case SHORT -> PARTLY_ALIVE;
                case LOCAL, FORBIDDEN, GIVEN_UP -> NONE;
                default -> ALIVE;
            };
        }
    }

    /**
     * That an attempt may be made, until {@link #leave}.
     *
     * @param probe whether it is the probe
     * @param opening how often the gate had opened by then: the probe of an earlier time, which an
     *     older attempt has ended by its success, is an attempt like others
     */
    record Pass(boolean probe, long opening) {}

    private final String host;
    private final int most;
    private final Time time;
    private final RandomGenerator random;
    private final Outages outages;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Who waits to probe. */
    private final List<Object> waiting = new ArrayList<>();

    /** Whose probe it is, of those that wait; the next one to come if nobody does. */
    private @Nullable Object chosen;

    private State state = State.CLOSED;
    private int inside;
    private int faults;
    private int probes;
    private boolean probing;
    private long openings;
    private long openedAt;
    private Duration asked = Duration.ZERO;
    private @Nullable StoreException last;

    /**
     * A gate for so many attempts at the same time.
     *
     * @param random decides who probes
     * @param outages is told when it opens, and when it does not need to be any more
     */
    HostGate(String host, int most, Time time, RandomGenerator random, Outages outages) {
        this.host = host;
        this.most = most;
        this.time = time;
        this.random = random;
        this.outages = outages;
    }

    /**
     * Waits until an attempt may be made.
     *
     * @throws StoreException with {@link Fault#GIVEN_UP} when none may be made any more
     */
    Pass enter() throws StoreException, InterruptedException {
        Pass pass;
        Duration pause;
        Object ticket = new Object();
        lock.lockInterruptibly();
        try {
            while (!mayEnter(ticket)) {
                changed.await();
            }
            if (state == State.GIVEN_UP) {
                throw givenUp();
            }
            pass = new Pass(state == State.OPEN, openings);
            probing |= pass.probe();
            inside++;
            pause = pause();
        } finally {
            if (waiting.remove(ticket) && ticket.equals(chosen)) {
                choose();
            }
            lock.unlock();
        }
        if (pass.probe()) {
            boolean slept = false;
            try {
                time.sleep(pause);
                slept = true;
            } finally {
                if (!slept) {
                    leave(pass, Sign.NONE, null);
                }
            }
        }
        return pass;
    }

    /**
     * An attempt is over.
     *
     * @param fault what was wrong, if anything; not null with {@link Sign#TROUBLE}
     */
    void leave(Pass pass, Sign sign, @Nullable StoreException fault) {
        lock.lock();
        try {
            inside--;
            boolean probe = isProbe(pass);
            probing &= !probe;
            switch (sign) {
                case ALIVE -> close();
                case TROUBLE -> trouble(probe, Objects.requireNonNull(fault));
                case PARTLY_ALIVE -> {
                    if (probe) {
                        close();
                    }
                }
                case NONE -> {}
            }
            // One more may enter; or all, when the state has changed.
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it lets attempts pass: not while the host is left alone. */
    boolean isClosed() {
        lock.lock();
        try {
            return state == State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing would be lost if it was forgotten while nobody is inside. */
    boolean isHealthy() {
        lock.lock();
        try {
            return state == State.CLOSED && faults == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait to probe. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        Duration own = Duration.ofSeconds(1L << probes);
        return own.compareTo(asked) < 0 ? asked : own;
    }

    private boolean mayEnter(Object ticket) {
        return switch (state) {
            case GIVEN_UP -> true;
            case CLOSED -> inside < most;
            case OPEN -> {
                if (!waiting.contains(ticket)) {
                    waiting.add(ticket);
                }
                if (chosen == null) {
                    chosen = ticket;
                }
                yield !probing && inside < most && ticket.equals(chosen);
            }
        };
    }

    private void choose() {
        chosen = waiting.isEmpty() ? null : waiting.get(random.nextInt(waiting.size()));
        changed.signalAll();
    }

    private void wakeNext() {
        if (state == State.CLOSED) {
            changed.signal();
        } else {
            changed.signalAll();
        }
    }

    private boolean isProbe(Pass pass) {
        return pass.probe() && state == State.OPEN && pass.opening() == openings;
    }

    private void close() {
        faults = 0;
        if (state == State.OPEN) {
            state = State.CLOSED;
            // It may still be under way when the gate opens the next time.
            probing = false;
            probes = 0;
            asked = Duration.ZERO;
            changed.signalAll();
            long now = time.nanos();
            outages.back(host, Duration.ofNanos(now - openedAt), now);
        }
    }

    private void trouble(boolean probe, StoreException fault) {
        faults++;
        last = fault;
        if (state == State.CLOSED && faults >= FAULTS) {
            state = State.OPEN;
            openings++;
            openedAt = time.nanos();
            ask(fault);
            changed.signalAll();
            outages.away(host, probes, pause(), fault, openedAt);
        } else if (probe) {
            probes++;
            ask(fault);
            long now = time.nanos();
            boolean tooLong = now - openedAt >= LONGEST_OPEN.toNanos();
            if (probes >= PROBES || (probes >= LEAST_PROBES && tooLong)) {
                state = State.GIVEN_UP;
                changed.signalAll();
                outages.givenUp(host, Duration.ofNanos(now - openedAt), fault, now);
            } else {
                outages.away(host, probes, pause(), fault, now);
            }
        }
    }

    private void ask(StoreException fault) {
        Duration wait = fault.retryAfter();
        asked = wait == null || wait.compareTo(Retries.LONGEST_ASKED) > 0 ? Duration.ZERO : wait;
    }

    private StoreException givenUp() {
        String why = last == null ? "" : " (" + last.sentence() + ")";
        return new StoreException(
                Fault.GIVEN_UP,
                "%s is left alone for the rest of the run, as %d requests in a row and %d more after pauses failed%s; imgpipe retry tries again what is missing"
                        .formatted(host, FAULTS, probes, why),
                last);
    }
}
