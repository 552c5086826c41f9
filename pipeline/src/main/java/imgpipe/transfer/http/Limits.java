package imgpipe.transfer.http;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param total from dialling to the last byte
 * @param connect until there is a connection, and until it is encrypted
 * @param silence between two bytes
 */
record Limits(Duration total, Duration connect, Duration silence) {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Those of an attempt that may take so long in all. */
    static Limits of(Duration total) {
        return new Limits(total, shorter(total, CONNECT), shorter(total, SILENCE));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
