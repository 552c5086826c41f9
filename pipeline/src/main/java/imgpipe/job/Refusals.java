package imgpipe.job;

import imgpipe.transfer.store.StoreException.Fault;

/**
 * Tells an output that refuses everything from one that refuses a picture. To make pictures that
 * nobody takes is of no use, and to end a run for one of them is not either.
 */
final class Refusals {
    private static final int LEAST = 20;
    private static final int BEYOND_TRANSFERS = 4;

    /**
     * So many in a row, and the next one will be refused too. More than are under way at the same
     * time, so that one bad moment of a server is not taken for its last word; few enough that
     * little is made in vain.
     */
    private final int most;

    private boolean taken;
    private boolean ended;
    private int row;

    /**
     * Before anything was sent.
     *
     * @param takenEarlier whether the output has taken pictures in earlier runs
     * @param transfers that may be under way at the same time
     */
    Refusals(boolean takenEarlier, int transfers) {
        taken = takenEarlier;
        most = Math.max(LEAST, transfers + BEYOND_TRANSFERS);
    }

    /** The output has taken a picture. */
    void taken() {
        taken = true;
        row = 0;
    }

    /**
     * The output has refused a picture.
     *
     * @return whether it will refuse all: as its host is given up; as the fault is of the place,
     *     and it has never taken any; or as it was not the first in a row. If so, it stays so for
     *     whatever it is asked
     */
    boolean end(Fault fault) {
        if (fault == Fault.LOCAL) {
            // It was not asked, neither before nor after it has refused all.
            return false;
        }
        row++;
        ended |= fault == Fault.GIVEN_UP || row >= most || (fault.isOfPlace() && !taken);
        return ended;
    }
}
