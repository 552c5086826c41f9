package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Which source each output belongs to, by a ledger's last words: where several name one file, it is
 * the last one's. In memory are 24 bytes an output.
 */
public final class OutputOwners {
    private static final long MADE = 1;
    private static final long ANNOUNCED = 2;

    private final LongTable owners = new LongTable();
    private long bytes;
    private long damaged;

    private OutputOwners() {}

    /**
     * Reads all of these words. An output that was announced and not called done counts if it is
     * there; otherwise what was said before it still holds.
     *
     * @param isThere whether a file is there as it was announced
     * @param stopped asked before each; true ends the reading
     */
    public static OutputOwners read(
            LastWords words, Predicate<Output> isThere, BooleanSupplier stopped)
            throws IOException {
        OutputOwners owners = new OutputOwners();
        for (LedgerLine line = words.next();
                line != null && !stopped.getAsBoolean();
                line = words.next()) {
            boolean announced = line.entry().state() == State.INTENDED;
            for (Output output : line.entry().outputs()) {
                if (announced && !isThere.test(output)) {
                    continue;
                }
                owners.owners.put(
                        Hash.of(output.path()), Hash.of(line.entry().name()), how(line.entry()));
                owners.bytes += output.bytes();
            }
        }
        owners.damaged = words.damaged();
        return owners;
    }

    private static long how(LedgerEntry entry) {
        return entry.state() == State.INTENDED ? ANNOUNCED : MADE;
    }

    /** Whether the file, by its percent-encoded path, is what this word on its source tells. */
    public boolean isOwner(LedgerEntry word, String path) {
        return owners.contains(Hash.of(path), Hash.of(word.name()), how(word));
    }

    /** Whether the file is anybody's. */
    public boolean isOwned(String path) {
        return owners.second(Hash.of(path), 0) != 0;
    }

    /** Whether the file is that of another source than the one of this name. */
    public boolean isOwnedByAnother(String path, String name) {
        long own = Hash.of(name);
        return owners.first(Hash.of(path), own) != own;
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
