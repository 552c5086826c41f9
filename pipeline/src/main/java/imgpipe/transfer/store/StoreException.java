package imgpipe.transfer.store;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an object could not be read or written, in one sentence for people and in a class of faults.
 */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final @Nullable Duration retryAfter;

    /** What kind of fault it was, which decides whether another attempt may help. */
    public enum Fault {
        /** No connection came about. */
        CONNECT(true),
        /** It took too long. */
        TIMEOUT(true),
        /** The server asks for patience, or is out of order: 408, 425, 429, 500, 502, 503, 504. */
        BUSY(true),
        /** The connection broke. */
        RESET(true),
        /** Fewer or other bytes came than were announced, or arrived damaged. */
        SHORT(true),
        /** There is no such object, bucket or host. */
        MISSING(false),
        /** Credentials are missing or do not suffice: 401, 403, 407. */
        DENIED(false),
        /** The server does not do this at all: 405, 501. */
        UNSUPPORTED(false),
        /** The address may not be dialled. */
        FORBIDDEN(false),
        /** The host was given up for this run. */
        GIVEN_UP(false),
        /** Larger than a limit allows. */
        LIMIT(false),
        /** What came is no picture. */
        NOT_A_PICTURE(false),
        /** A file of this machine could not be read or written. */
        LOCAL(false),
        /** Everything else that the server says no to. */
        REFUSED(false);

        private final boolean passing;

        Fault(boolean passing) {
            this.passing = passing;
        }

        /** What a status of HTTP means that is neither a success nor a redirect. */
        public static Fault ofStatus(int status) {
            return switch (status) {
                case 408, 425, 429, 500, 502, 503, 504 -> BUSY;
                case 404, 410 -> MISSING;
                case 401, 403, 407 -> DENIED;
                case 405, 501 -> UNSUPPORTED;
                default -> REFUSED;
            };
        }

        /** Whether another attempt may help. */
        public boolean isPassing() {
            return passing;
        }

        /** Whether it says more of the place than of the one object that was to be put there. */
        public boolean isOfPlace() {
            return this == MISSING
                    || this == DENIED
                    || this == UNSUPPORTED
                    || this == FORBIDDEN
                    || this == GIVEN_UP;
        }

        /** Whether it says that the host is in trouble, and not this one object. */
        public boolean isOfHost() {
            return this == CONNECT || this == TIMEOUT || this == BUSY || this == RESET;
        }
    }

    /**
     * A fault.
     *
     * @param sentence without the address's secrets
     */
    public StoreException(Fault fault, String sentence, @Nullable Throwable cause) {
        this(fault, sentence, null, cause);
    }

    /**
     * The same.
     *
     * @param retryAfter how long the server asks to wait, or null
     */
    public StoreException(
            Fault fault,
            String sentence,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(sentence, cause);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** What kind of fault it was. */
    public Fault fault() {
        return fault;
    }

    /** How long the server asks to wait before the next attempt, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What went wrong, for people. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
