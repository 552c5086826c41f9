package imgpipe.job;

import imgpipe.ledger.LastWords;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.ledger.LedgerLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a ledger's last words call failed or in quarantine. */
public final class UnfinishedNames implements AutoCloseable {
    private final LastWords words;

    private UnfinishedNames(LastWords words) {
        this.words = words;
    }

    /** Opens a ledger; one that is not there has no words. */
    static UnfinishedNames open(Path ledger) throws IOException {
        return new UnfinishedNames(LastWords.open(ledger));
    }

    /** The next one in the ledger's order, or null behind the last. */
    @Nullable LedgerEntry next() throws IOException {
        LedgerLine line = words.next();
        while (line != null && !isUnfinished(line.entry().state())) {
            line = words.next();
        }
        return line == null ? null : line.entry();
    }

    private static boolean isUnfinished(State state) {
        return state == State.FAILED || state == State.QUARANTINED;
    }

    /** How many there are in the ledger of a job folder, by the kinds of their failures. */
    public static SortedMap<String, Long> count(Path jobFolder) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        try (UnfinishedNames names = open(Job.ledgerFile(jobFolder))) {
            for (LedgerEntry entry = names.next(); entry != null; entry = names.next()) {
                counts.merge(String.valueOf(entry.kind()), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        words.close();
    }
}
