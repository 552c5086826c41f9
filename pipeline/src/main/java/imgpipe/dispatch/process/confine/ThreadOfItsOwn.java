package imgpipe.dispatch.process.confine;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Does one thing on a platform thread that ends with it: what binds a thread binds nobody else
 * then, but what it has started. That includes threads, for example the one of the JDK that waits
 * for a process to end.
 */
final class ThreadOfItsOwn {
    private ThreadOfItsOwn() {}

    /** Returns when it is done, even if interrupted meanwhile. */
    static <T> T call(Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name("imgpipe-confined-start").start(task);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            return task.resultNow();
        } catch (IllegalStateException failed) {
            switch (task.exceptionNow()) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
