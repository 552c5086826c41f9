package imgpipe.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last word of a ledger on each source, read from the file when it is asked for: in memory are
 * 24 bytes a source.
 */
public final class LedgerLookup implements AutoCloseable {
    private final LongTable lines = new LongTable();
    private final RandomAccessFile file;

    private LedgerLookup(RandomAccessFile file) {
        this.file = file;
    }

    /** Reads through a ledger, which is there and not added to meanwhile. */
    public static LedgerLookup open(Path path) throws IOException {
        LedgerLookup lookup = new LedgerLookup(new RandomAccessFile(path.toFile(), "r"));
        try (LedgerReader reader = LedgerReader.open(path)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                lookup.lines.put(Hash.of(line.entry().name()), line.offset(), line.length());
            }
            return lookup;
        } catch (IOException e) {
            lookup.close();
            throw e;
        }
    }

    /** What the ledger says of the source with this name; empty if it does not know it. */
    public Optional<LedgerEntry> find(String name) throws IOException {
        long hash = Hash.of(name);
        long begin = lines.first(hash, -1);
        if (begin < 0) {
            return Optional.empty();
        }
        byte[] line = new byte[(int) lines.second(hash, 0)];
        file.seek(begin);
        file.readFully(line);
        return Optional.ofNullable(LedgerFormat.read(line, 0, line.length))
                .filter(entry -> entry.name().equals(name));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
