package imgpipe.ledger;

import imgpipe.ledger.LedgerEntry.State;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Rewrites a ledger that has grown stale. A source that is gone keeps its line: the ledger of a run
 * over a part of the input cannot know that, and without the line nobody would miss the output.
 */
public final class Compaction {
    /** A smaller ledger is read sooner than it is rewritten. */
    private static final long SMALL = 1 << 20;

    private Compaction() {}

    /**
     * Whether more than half of a ledger's lines would go. One with damaged lines is rewritten at
     * once, so that each damage is reported once.
     *
     * @param index what was read from it
     */
    public static boolean isDue(LedgerIndex index, Path file) throws IOException {
        return index.damaged() > 0
                || (index.lines() > 2 * index.lasting() && Files.size(file) > SMALL);
    }

    /**
     * Replaces the ledger by one without damaged lines, and without those that tell of outputs
     * which others have replaced. Superseded ones whose outputs have other names stay: in place,
     * whoever did not know these outputs would take them for sources. Whenever that ends, there is
     * one whole ledger under the name. Nobody may have it open.
     */
    public static void compact(Path file) throws IOException {
        Path made = newFile(file);
        try {
            write(file, made);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
        Ledger.forceFolderOf(file);
    }

    /** What a compaction that was killed leaves. */
    static Path newFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void write(Path file, Path made) throws IOException {
        LongTable results = results(file);
        try (LastWords words = LastWords.open(file);
                LedgerReader reader = LedgerReader.open(file);
                FileChannel channel =
                        FileChannel.open(
                                made,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                if (words.isLast(line) || isThere(line, results)) {
                    text.reset();
                    LedgerFormat.write(line.entry(), text);
                    text.writeTo(out);
                }
            }
            out.flush();
            channel.force(true);
        }
    }

    /** Where the last result in each place is told of. */
    private static LongTable results(Path file) throws IOException {
        LongTable results = new LongTable();
        try (LedgerReader reader = LedgerReader.open(file)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                if (line.entry().state() == State.DONE) {
                    results.put(LedgerIndex.place(line.entry()), line.offset(), 0);
                }
            }
        }
        return results;
    }

    /** Whether its outputs may be there, for all that later lines tell. */
    private static boolean isThere(LedgerLine line, LongTable results) {
        return !line.entry().outputs().isEmpty()
                && line.offset() >= results.first(LedgerIndex.place(line.entry()), 0);
    }
}
