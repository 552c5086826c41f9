package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.nio.file.Path;

/** Which outputs there are, with their sizes and times, in 24 bytes each and some room. */
public final class OutputTable {
    private final LongTable table = new LongTable();

    /** A table of nothing. */
    public OutputTable() {}

    /** What a ledger says was published last, for a place that cannot be listed. */
    public static OutputTable of(Path ledger) throws IOException {
        OutputTable outputs = new OutputTable();
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                if (line.entry().state() == State.DONE) {
                    line.entry()
                            .outputs()
                            .forEach(it -> outputs.put(it.path(), it.bytes(), it.modified()));
                }
            }
        }
        return outputs;
    }

    /** An output is there, in place of any of the same path. */
    public void put(String path, long bytes, long modified) {
        table.put(Hash.of(path), bytes, modified);
    }

    /** The output of this path, or one of -1 bytes if there is none. */
    public Output find(String path) {
        long hash = Hash.of(path);
        return Output.there(path, table.first(hash, -1), table.second(hash, 0));
    }
}
