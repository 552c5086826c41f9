package imgpipe.verify;

import java.util.Locale;

/** What can be wrong with a file in an output folder. */
public enum Fault {
    /** The ledger names it, and it is not there. */
    MISSING,
    /** It has another size than the ledger says. */
    TORN,
    /** It has its size, but not its checksum; or it is no regular file any more. */
    CHANGED,
    /** It is there and cannot be read. */
    UNREADABLE,
    /** It is as it was written, and is no picture that can be decoded. */
    UNDECODABLE,
    /** No last word of the ledger names it. */
    FOREIGN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
