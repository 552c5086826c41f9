package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.shard.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger says of each source, in 48 bytes a source, 24 an output and not the text: hashes
 * of 64 bits are enough to see that nothing has changed. That a changed picture hashes like the
 * unchanged one has a chance of 1 in 2^64.
 *
 * <p>Of several lines for a source the last counts, with one exception. A result that has replaced
 * its source is recognized as long as it lies there, whatever was intended or has failed since: to
 * make it again would encode it twice.
 */
public final class LedgerIndex {
    /** Stands where the hash of the outputs does, with the place of the failure's kind added. */
    private static final long QUARANTINED = 1;

    private static final List<FailureKind> KINDS = List.of(FailureKind.values());

    private final LongTable table = new LongTable();
    private final LongTable results = new LongTable();
    private final LongTable places = new LongTable();

    /** What is true while the files are as it says, also when a later line says something else. */
    private final LongTable lasting = new LongTable();

    private boolean hasDone;
    private long lines;
    private long damaged;

    private LedgerIndex() {}

    /** Reads a ledger; a missing one is empty. Lines that are none are passed over and counted. */
    public static LedgerIndex read(Path file) throws IOException {
        LedgerIndex index = new LedgerIndex();
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                index.add(line.entry());
            }
            index.lines = reader.lines();
            index.damaged = reader.damaged();
        }
        return index;
    }

    private void add(LedgerEntry entry) {
        long name = Hash.of(entry.name());
        long work = work(entry.bytes(), entry.modified(), entry.work());
        switch (entry.state()) {
            case DONE -> {
                hasDone = true;
                table.put(name, work, outputs(entry.outputs()));
            }
            case QUARANTINED -> table.put(name, work, quarantined(entry));
            case FAILED, INTENDED -> table.put(name, 0, 0);
        }
        if (!entry.outputs().isEmpty()) {
            places.put(place(entry), 0, 0);
        }
        if (entry.isRecognizable()) {
            lasting.put(key(entry), 0, 0);
        }
        for (Output output : entry.outputs()) {
            results.put(file(output), name, 0);
        }
    }

    /** Number of sources that the ledger knows. */
    public int size() {
        return table.size();
    }

    /** Whether anything was ever brought to its end. */
    public boolean hasDone() {
        return hasDone;
    }

    /** About how many lines a compaction leaves. */
    long lasting() {
        return Math.max(table.size(), places.size());
    }

    /** Number of lines that are whole. */
    public long lines() {
        return lines;
    }

    /** Number of lines that were damaged or are not ours: what they said is not known. */
    public long damaged() {
        return damaged;
    }

    /** Whether this very work was brought to its end: the outputs are those recorded. */
    public boolean isDone(
            String name, long bytes, long modified, String work, List<Output> outputs) {
        return isLastWord(name, bytes, modified, work, outputs)
                || lasting.has(key(name, bytes, modified, work, outputs));
    }

    /** Whether that it was brought to its end is also the last that the ledger says of it. */
    public boolean isLastWord(
            String name, long bytes, long modified, String work, List<Output> outputs) {
        return table.contains(Hash.of(name), work(bytes, modified, work), outputs(outputs));
    }

    /** Whether the last word on this source is that it failed. */
    public boolean hasFailed(String name) {
        return table.contains(Hash.of(name), 0, 0);
    }

    /** How this very work brought down workers in an earlier run; empty if it did not. */
    public Optional<FailureKind> quarantine(String name, long bytes, long modified, String work) {
        long hash = Hash.of(name);
        long place = table.second(hash, 0) - QUARANTINED;
        return place >= 0
                        && place < KINDS.size()
                        && table.first(hash, 0) == work(bytes, modified, work)
                ? Optional.of(KINDS.get((int) place))
                : Optional.empty();
    }

    private static long quarantined(LedgerEntry entry) {
        for (FailureKind kind : KINDS) {
            if (kind.name().equals(entry.kind())) {
                return QUARANTINED + KINDS.indexOf(kind);
            }
        }
        // A kind of another version.
        return QUARANTINED + KINDS.indexOf(FailureKind.CRASH);
    }

    /**
     * Whether this file, as it is now, was made from another source than that of this name.
     *
     * @param output the file's path relative to the output folder, and its size and time
     */
    public boolean isResultOfAnother(Output output, String name) {
        long own = Hash.of(name);
        return results.first(file(output), own) != own;
    }

    /**
     * Whether this file, as it is now, was made by an earlier run.
     *
     * @param output the file's path relative to the output folder, and its size and time
     */
    public boolean isResult(Output output) {
        return results.has(file(output));
    }

    /**
     * Of a file as it was at some time: superseded lines tell of results that may still be there.
     */
    private static long file(Output output) {
        return Hash.mix(Hash.mix(Hash.of(output.path()), output.bytes()), output.modified());
    }

    private static long work(long bytes, long modified, String work) {
        return Hash.mix(Hash.mix(Hash.of(work), bytes), modified);
    }

    /** Of a line that says that this work came to its end with these outputs. */
    static long key(String name, long bytes, long modified, String work, List<Output> outputs) {
        return Hash.mix(Hash.mix(Hash.of(name), work(bytes, modified, work)), outputs(outputs));
    }

    static long key(LedgerEntry entry) {
        return key(entry.name(), entry.bytes(), entry.modified(), entry.work(), entry.outputs());
    }

    /** Of where a source's outputs are, however they look: a later line's replace those there. */
    static long place(LedgerEntry entry) {
        long hash = Hash.of(entry.name());
        for (Output output : entry.outputs()) {
            hash = Hash.mix(hash, Hash.of(output.path()));
        }
        return hash;
    }

    private static long outputs(List<Output> outputs) {
        long hash = 0;
        for (Output output : outputs) {
            hash =
                    Hash.mix(
                            Hash.mix(Hash.mix(hash, Hash.of(output.path())), output.bytes()),
                            output.modified());
        }
        return hash;
    }
}
