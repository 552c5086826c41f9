package imgpipe.bench;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.shard.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A contender that is up: its runner, with all its threads or processes, waits between the laps for
 * the next one, so that a lap has no start-up in it. Waiting costs nothing.
 */
final class Session implements AutoCloseable {
    /** How long a picture in hand may take to be finished. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Contender contender;
    private final ShardRunner runner;
    private final Track track;
    private final Thread thread;
    private final Set<ProcessHandle> before = children();
    private final long begin = System.nanoTime();
    private Set<ProcessHandle> processes = Set.of();

    /** Starts the runner on a thread of its own. */
    Session(Contender contender, ShardRunner runner, Path temporaryFolder) {
        this.contender = contender;
        this.runner = runner;
        track = new Track(temporaryFolder);
        thread = Thread.ofPlatform().daemon().name("imgpipe-" + contender).start(this::run);
    }

    private void run() {
        try {
            runner.run(track, track);
            track.fail(contender + " ended by itself");
        } catch (RunFailedException e) {
            track.fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            track.fail(contender + " was interrupted");
        } catch (RuntimeException | Error e) {
            track.fail(contender + " failed: " + e);
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    Contender contender() {
        return contender;
    }

    /** The last lap's result with what it cost. */
    record Finish(Lap lap, List<Track.Failure> failures) {}

    /**
     * Runs the shards to their last outcome.
     *
     * @throws RunFailedException when the runner broke down or a worker died
     */
    Finish lap(List<Shard> shards) throws RunFailedException, InterruptedException {
        Meter meter = new Meter(processes);
        long start = System.nanoTime();
        track.handOut(shards);
        Track.Arrival arrival = track.await();
        Lap lap =
                new Lap(
                        arrival.done(),
                        arrival.pixels(),
                        (arrival.end() - start) / 1e9,
                        meter.cpuSeconds(),
                        meter.gcSeconds());
        if (processes.isEmpty() && contender.form() == Form.PROCESSES) {
            // Since the first outcome all of them are there.
            processes = children();
            processes.removeAll(before);
        }
        return new Finish(lap, arrival.failures());
    }

    /** Seconds from the start to the first picture, of a contender that starts something. */
    OptionalDouble startUp() {
        return contender.form() == Form.THREADS
                ? OptionalDouble.empty()
                : OptionalDouble.of((track.firstEnd() - begin) / 1e9);
    }

    /** The most memory its processes had, summed up. */
    OptionalLong peakBytes() {
        if (processes.isEmpty()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (ProcessHandle process : processes) {
            OptionalLong peak = Meter.peakBytes(process);
            if (peak.isEmpty()) {
                return peak;
            }
            sum += peak.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /** Lets everything end; pictures in hand are finished. Returns at once. */
    void stop() {
        track.close();
        runner.stop();
    }

    /** Waits a little for the end, then ends what is still running. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runner.close();
    }
}
