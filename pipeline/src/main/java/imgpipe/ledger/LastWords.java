package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The last word of a ledger on each source, in the ledger's order. An intention does not supersede
 * what was said before it: if the last word is {@link State#INTENDED}, the one before it comes too.
 * The file is read twice and not held: in memory are 24 bytes a source. Nobody may add to the
 * ledger meanwhile.
 */
public final class LastWords implements AutoCloseable {
    private static final long NONE = -1;

    /** Where the last result and the intention after it are. */
    private final Path file;

    private final LongTable last;

    private final LedgerReader reader;

    private LastWords(Path file, LongTable last, LedgerReader reader) {
        this.file = file;
        this.last = last;
        this.reader = reader;
    }

    /** Opens a ledger; one that is not there has no words. */
    public static LastWords open(Path file) throws IOException {
        LongTable last = new LongTable();
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                long name = Hash.of(line.entry().name());
                if (line.entry().state() == State.INTENDED) {
                    last.put(name, last.first(name, NONE), line.offset());
                } else {
                    last.put(name, line.offset(), NONE);
                }
            }
        }
        return new LastWords(file, last, LedgerReader.open(file));
    }

    /** The same words from the first on; this one is closed on its own. */
    public LastWords again() throws IOException {
        return new LastWords(file, last, LedgerReader.open(file));
    }

    /** The next line that no later one on the same source has superseded, or null at the end. */
    public @Nullable LedgerLine next() throws IOException {
        LedgerLine line = reader.next();
        while (line != null && !isLast(line)) {
            line = reader.next();
        }
        return line;
    }

    /** Whether no later line on the same source has superseded this one. */
    boolean isLast(LedgerLine line) {
        long name = Hash.of(line.entry().name());
        return last.first(name, NONE) == line.offset() || last.second(name, NONE) == line.offset();
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
