package imgpipe.transfer;

/**
 * How many further attempts all calls together may make. When a tenth of all attempts fails they
 * are soon mended and all are allowed; when everything fails there are at most 1.5 attempts a call
 * and {@value #START} more, as the first attempt of a call adds half an attempt and each further
 * one takes one. What is saved in good times is capped, or a long run's savings would all be spent
 * on an outage at its end. Safe for use by several threads.
 */
final class RetryBudget {
    static final int START = 20;

    /** Enough for all the transfers of a run that were cut by one restart of a router. */
    static final int MOST = 100;

    /** In halves. */
    private int halves = 2 * START;

    /** A call has made its first attempt; those that wait for their turn earn nothing yet. */
    synchronized void firstAttempt() {
        halves = Math.min(2 * MOST, halves + 1);
    }

    /** Takes one further attempt, if there is one. */
    synchronized boolean take() {
        if (halves < 2) {
            return false;
        }
        halves -= 2;
        return true;
    }
}
