package imgpipe.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one contender.
 *
 * @param laps one a round, in the order of rounds; at least one
 * @param startUp seconds from its start to its first picture, where that means something: for
 *     processes, and for the plain loop, which is the first in this JVM to need the engine. Threads
 *     find it loaded
 * @param peakBytes most memory that its processes ever had resident, summed up; only for processes,
 *     as all others share this JVM
 */
public record Figures(
        Contender contender, List<Lap> laps, OptionalDouble startUp, OptionalLong peakBytes) {
    public Figures {
        laps = List.copyOf(laps);
        if (laps.isEmpty()) {
            throw new IllegalArgumentException(contender + " has run no lap");
        }
    }

    /** Pictures a second. */
    public Spread rate() {
        return of(Lap::rate);
    }

    /** Megapixels of the sources a second, in the median. */
    public double megapixels() {
        return of(lap -> lap.pixels() / 1e6 / lap.seconds()).median();
    }

    /** CPU seconds a picture, in the median; NaN where the system does not tell. */
    public double cpuPerPicture() {
        return of(Lap::cpuPerPicture).median();
    }

    /** The part of the wall time that went to this JVM's garbage collection, 0 to 1. */
    public double gcShare() {
        return of(lap -> lap.gcSeconds() / lap.seconds()).median();
    }

    /** How many cores it kept busy, in the median; NaN where the system does not tell. */
    public double coresBusy() {
        return of(Lap::coresBusy).median();
    }

    /**
     * Whether the fastest lap was over 1.15 times as fast as the slowest, though the CPU time of a
     * picture differed by less than a tenth: something else was running.
     */
    public boolean disturbed() {
        Spread rate = rate();
        Spread cpu = of(Lap::cpuPerPicture);
        return rate.max() / rate.min() > 1.15 && cpu.max() / cpu.min() < 1.1;
    }

    /**
     * How many times as fast as another. Each round's laps are compared with each other, and the
     * ratios summed up: a machine that changes its speed between rounds changes it for both.
     */
    public Spread timesAsFastAs(Figures other) {
        double[] ratios = new double[laps.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = laps.get(i).rate() / other.laps.get(i).rate();
        }
        return Spread.of(ratios);
    }

    private Spread of(ToDoubleFunction<Lap> value) {
        return Spread.of(laps.stream().mapToDouble(value).toArray());
    }
}
