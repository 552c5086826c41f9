package imgpipe.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes that may be in use at the same time. Who waits is served in the order of asking, so that
 * much is not kept waiting by little. Made for virtual threads.
 */
public final class ByteBudget {
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> line = new ArrayDeque<>();
    private long used;
    private boolean closed;

    /** A budget of so many bytes, at least 1. */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** How many bytes there are in all. */
    public long limit() {
        return limit;
    }

    /**
     * Waits until so many bytes are free and takes them; more than there are count as all.
     *
     * @throws InterruptedException when the thread is interrupted; nothing is taken then
     */
    public Share take(long bytes) throws InterruptedException {
        long wanted = Math.min(bytes, limit);
        lock.lockInterruptibly();
        try {
            Condition turn = lock.newCondition();
            line.addLast(turn);
            try {
                while (!closed && (!turn.equals(line.peekFirst()) || used + wanted > limit)) {
                    turn.await();
                }
                used += wanted;
            } finally {
                line.remove(turn);
                wakeFirst();
            }
            return new Share(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** The same for a thread that must not be disturbed. */
    public Share takeUninterruptibly(long bytes) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return take(bytes);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** From now on nobody waits: the run is at its end, and what is in use does not matter. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            line.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Condition first = line.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    /** Bytes that somebody has. */
    public final class Share implements AutoCloseable {
        private long bytes;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** How many. */
        public long bytes() {
            return bytes;
        }

        /**
         * Changes how many, without waiting.
         *
         * @return false if there are not so many free, or others wait for them; nothing is changed
         */
        public boolean resize(long wanted) {
            lock.lock();
            try {
                long more = wanted - bytes;
                if (more > 0 && !closed && (used + more > limit || !line.isEmpty())) {
                    return false;
                }
                used += more;
                bytes = wanted;
                wakeFirst();
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** Gives all back. */
        @Override
        public void close() {
            boolean _ = resize(0);
        }
    }
}
