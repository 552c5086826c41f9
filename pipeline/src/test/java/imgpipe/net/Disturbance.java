package imgpipe.net;

import java.time.Duration;
import java.util.List;

/**
 * How bad a network is.
 *
 * @param up delay of what goes to the server
 * @param down delay of what comes back
 * @param bytesPerSecond of one connection and direction, 0 for no limit
 * @param rate of requests that are disturbed, 0 to 1
 * @param kinds of disturbance, each as likely as the other
 * @param reach a disturbance comes after so many bytes of an answer at most; larger answers than
 *     that, headers included, are all disturbed at the rate
 * @param seed of the chance
 */
public record Disturbance(
        Duration up,
        Duration down,
        long bytesPerSecond,
        double rate,
        List<Kind> kinds,
        int reach,
        long seed) {
    private static final int REACH = 150;

    /** What happens to a request. */
    public enum Kind {
        /** The connection is closed, and the server hears nothing. */
        CLOSE,
        /** The connection is reset in the middle of the answer. */
        RESET,
        /** The connection is closed in the middle of the answer. */
        LIMIT,
        /** The answer stops in its middle, and nothing is closed. */
        STALL,
        /** The answer comes in pieces of a few bytes: slow, but whole. */
        SLICE
    }

    /** A network without faults. */
    public static Disturbance none() {
        return new Disturbance(Duration.ZERO, Duration.ZERO, 0, 0, List.of(), REACH, 0);
    }

    /** One that disturbs such a part of the requests in such ways. */
    public Disturbance faults(double part, long chance, Kind... ways) {
        return new Disturbance(up, down, bytesPerSecond, part, List.of(ways), reach, chance);
    }

    /** One that disturbs within so many bytes of an answer. */
    public Disturbance within(int bytes) {
        return new Disturbance(up, down, bytesPerSecond, rate, kinds, bytes, seed);
    }

    /** One that is so far away. */
    public Disturbance delay(Duration there, Duration back) {
        return new Disturbance(there, back, bytesPerSecond, rate, kinds, reach, seed);
    }

    /** One that is so narrow. */
    public Disturbance bandwidth(long limit) {
        return new Disturbance(up, down, limit, rate, kinds, reach, seed);
    }
}
