package imgpipe.dispatch.process;

import imgpipe.dispatch.RunFailedException;

/**
 * Workers that died before they had started a task, one after the other. No picture can be blamed
 * for those, and new workers would die of the same; so beyond a bound the run fails.
 */
final class Stillbirths {
    private final int most;
    private int inARow;

    Stillbirths(int workers) {
        most = Math.max(5, 3 * workers);
    }

    /** A worker has started a task. */
    synchronized void begun() {
        inARow = 0;
    }

    /** A worker died without having started a task. */
    synchronized void another(CrashReport report) throws RunFailedException {
        inARow++;
        if (inARow > most) {
            throw new RunFailedException(
                    "%d workers in a row ended before they had started a picture; the last: %s"
                            .formatted(inARow, report.headLine()));
        }
    }
}
