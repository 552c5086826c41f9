package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines to be said again: the files show that they are true, and they are not the last words. Then
 * nobody who goes by last words is misled. In memory are 24 bytes a line.
 */
public final class Restatement {
    private static final int BATCH = 1000;
    private static final long WANTED = 1;
    private static final long SAID = 2;

    private final LongTable lines = new LongTable();

    /** Wants the line that says that this work came to its end with these outputs. */
    public void add(String name, long bytes, long modified, String work, List<Output> outputs) {
        lines.put(LedgerIndex.key(name, bytes, modified, work, outputs), WANTED, 0);
    }

    /**
     * Reads through the ledger, if anything is wanted, and adds those lines to it as done.
     *
     * @param ledger of this file
     */
    public void append(Path file, Ledger ledger) throws IOException {
        if (lines.size() == 0) {
            return;
        }
        List<LedgerEntry> batch = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                long key = LedgerIndex.key(line.entry());
                if (line.entry().isRecognizable() && lines.first(key, SAID) == WANTED) {
                    lines.put(key, SAID, 0);
                    batch.add(line.entry().done());
                }
                if (batch.size() == BATCH) {
                    ledger.append(batch);
                    batch.clear();
                }
            }
        }
        ledger.append(batch);
    }
}
