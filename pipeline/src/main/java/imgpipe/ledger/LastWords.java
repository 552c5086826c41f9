package imgpipe.ledger;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The last word of a ledger on each source, in the ledger's order. The file is read twice and not
 * held: in memory are 24 bytes a source. Nobody may add to the ledger meanwhile.
 */
public final class LastWords implements AutoCloseable {
    private final LongTable last;
    private final LedgerReader reader;

    private LastWords(LongTable last, LedgerReader reader) {
        this.last = last;
        this.reader = reader;
    }

    /** Opens a ledger; one that is not there has no words. */
    public static LastWords open(Path file) throws IOException {
        LongTable last = new LongTable();
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                last.put(Hash.of(line.entry().name()), line.offset(), line.length());
            }
        }
        return new LastWords(last, LedgerReader.open(file));
    }

    /** The next line that no later one on the same source has superseded, or null at the end. */
    public @Nullable LedgerLine next() throws IOException {
        LedgerLine line = reader.next();
        while (line != null && !last.has(Hash.of(line.entry().name()), line.offset())) {
            line = reader.next();
        }
        return line;
    }

    /** How many sources there are. */
    public int size() {
        return last.size();
    }

    /** How many damaged or foreign lines were passed over so far. */
    public long damaged() {
        return reader.damaged();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
