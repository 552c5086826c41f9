package imgpipe.cli;

import imgpipe.job.Stop;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * SIGINT, SIGTERM and SIGHUP. The first asks the run to stop, the second ends the process at once.
 * A signal that was ignored when the process started, as nohup does with SIGHUP, stays ignored: the
 * JVM leaves those three alone then.
 */
final class Signals {
    private final AtomicReference<Stop> first = new AtomicReference<>();
    private final Consumer<Stop> onFirst;

    private Signals(Consumer<Stop> onFirst) {
        this.onFirst = onFirst;
    }

    /**
     * Takes the signals over from the JVM, for the rest of its life.
     *
     * @param onFirst called once, on a thread of its own
     */
    static void handle(Consumer<Stop> onFirst) {
        Signals signals = new Signals(onFirst);
        Signal.handle(new Signal("INT"), _ -> signals.received(Stop.INTERRUPTED));
        Signal.handle(new Signal("TERM"), _ -> signals.received(Stop.TERMINATED));
        Signal.handle(new Signal("HUP"), _ -> signals.received(Stop.TERMINATED));
    }

    /**
     * Ends the process at once, and its workers: one that is stopped (SIGSTOP) would not notice.
     */
    static void halt(ExitCode code) {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(code.value());
    }

    private void received(Stop stop) {
        if (first.compareAndSet(null, stop)) {
            onFirst.accept(stop);
        } else {
            halt(ExitCode.of(stop));
        }
    }
}
