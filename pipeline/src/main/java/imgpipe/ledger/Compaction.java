package imgpipe.ledger;

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
     * Whether more than half of a ledger's lines are superseded. One with damaged lines is
     * rewritten at once, so that each damage is reported once.
     *
     * @param index what was read from it
     */
    public static boolean isDue(LedgerIndex index, Path file) throws IOException {
        return index.damaged() > 0
                || (index.lines() > 2L * index.size() && Files.size(file) > SMALL);
    }

    /**
     * Replaces the ledger by one without superseded and damaged lines. Whenever that ends, there is
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
        try (LastWords words = LastWords.open(file);
                FileChannel channel =
                        FileChannel.open(
                                made,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (LedgerLine line = words.next(); line != null; line = words.next()) {
                text.reset();
                LedgerFormat.write(line.entry(), text);
                text.writeTo(out);
            }
            out.flush();
            channel.force(true);
        }
    }
}
