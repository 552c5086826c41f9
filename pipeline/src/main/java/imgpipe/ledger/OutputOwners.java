package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.Output;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Which source each output belongs to, by a ledger's last words: where several name one file, it is
 * the last one's. In memory are 24 bytes an output.
 */
public final class OutputOwners {
    private static final long NAMED = 1;

    private final LongTable owners = new LongTable();
    private long bytes;
    private long damaged;

    private OutputOwners() {}

    /** Reads a ledger; one that is not there names nothing. */
    public static OutputOwners read(Path ledger) throws IOException {
        OutputOwners owners = new OutputOwners();
        try (LastWords words = LastWords.open(ledger)) {
            for (LedgerLine line = words.next(); line != null; line = words.next()) {
                for (Output output : line.entry().outputs()) {
                    owners.owners.put(Hash.of(output.path()), Hash.of(line.entry().name()), NAMED);
                    owners.bytes += output.bytes();
                }
            }
            owners.damaged = words.damaged();
        }
        return owners;
    }

    /** Whether the file, by its percent-encoded path, is this source's. */
    public boolean isOwner(String source, String path) {
        return owners.contains(Hash.of(path), Hash.of(source), NAMED);
    }

    /** Whether the file is anybody's. */
    public boolean isOwned(String path) {
        return owners.second(Hash.of(path), 0) == NAMED;
    }

    /** How many files there are. */
    public int size() {
        return owners.size();
    }

    /** About how many bytes they have together. */
    public long bytes() {
        return bytes;
    }

    /** How many lines of the ledger were damaged. */
    public long damaged() {
        return damaged;
    }
}
