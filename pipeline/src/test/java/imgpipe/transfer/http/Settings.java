package imgpipe.transfer.http;

import imgpipe.transfer.store.TransferSettings;
import java.time.Duration;
import java.util.Set;

/** Settings of tests. */
final class Settings {
    private Settings() {}

    /** Lets servers of this machine be dialled. */
    static TransferSettings local() {
        return within(Duration.ofSeconds(20), true);
    }

    /** Lets an attempt take so long. */
    static TransferSettings within(Duration timeout, boolean allowPrivate) {
        return new TransferSettings(16, 16, 3, timeout, allowPrivate, Set.of(), null, false);
    }

    /** Lets no private address be dialled, except those of these hosts. */
    static TransferSettings guarded(String... allowed) {
        return new TransferSettings(
                16, 16, 3, Duration.ofSeconds(20), false, Set.of(allowed), null, false);
    }
}
