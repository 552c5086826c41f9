package imgpipe.cli;

import imgpipe.codec.Codecs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureFacts;
import imgpipe.job.ReadableName;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code identify}: a line, or a JSON object, for each file; its pixels are never decoded. */
final class IdentifyVerb {
    /** So many lines are aligned and printed at once. */
    private static final int BATCH = 200;

    private final Terminal terminal;
    private final boolean json;
    private final List<List<String>> rows = new ArrayList<>();
    private boolean begun;
    private boolean failed;

    private IdentifyVerb(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Exit value 3 if a file is no picture, or cannot be read. */
    static ExitCode run(Arguments arguments, Terminal terminal) throws UsageException {
        IdentifyVerb verb = new IdentifyVerb(terminal, arguments.has(Opt.JSON));
        List<Path> named = new ArrayList<>();
        for (String operand : arguments.operands()) {
            named.add(InputArguments.path("FILE", operand));
        }
        PictureListing listing =
                new PictureListing(
                        arguments.has(Opt.ALL_FILES), (file, why) -> verb.fail(file, "READ", why));
        try (Codecs codecs = Codecs.ofThisMachine()) {
            for (Path path : named) {
                verb.all(codecs, listing, path);
            }
        }
        return verb.end();
    }

    private void all(Codecs codecs, PictureListing listing, Path path) {
        try {
            for (Path file : listing.of(path)) {
                one(codecs, file);
            }
        } catch (IOException e) {
            fail(path, "READ", FileFault.reason(e));
        }
    }

    private void one(Codecs codecs, Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                fail(file, "READ", "it is not a regular file");
                return;
            }
            // Mapped, so that of a large file no more is read than its header.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    Arena arena = Arena.ofConfined()) {
                long bytes = channel.size();
                MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena);
                tell(file, codecs.facts(content), bytes);
            }
        } catch (PictureException e) {
            fail(file, e.reason().name(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(file, "READ", FileFault.reason(e));
        } catch (OutOfMemoryError | StackOverflowError e) {
            fail(file, "MEMORY", "its header asks for more memory than there is");
        } catch (RuntimeException | InternalError e) {
            // The latter is thrown where a mapped file has become shorter.
            fail(file, "INTERNAL", "imgpipe itself failed on it: " + e);
        }
    }

    private void tell(Path file, PictureFacts facts, long bytes) {
        if (json) {
            object(FactsJson.of(file.toString(), facts, bytes));
            return;
        }
        rows.add(FactsText.row(ReadableName.oneLine(file.toString()), facts, bytes));
        if (rows.size() == BATCH) {
            flush();
        }
    }

    private void fail(Path file, String kind, String sentence) {
        failed = true;
        terminal.err(
                "imgpipe: " + ReadableName.oneLine(file + ": " + sentence + " (" + kind + ")"));
        if (json) {
            object(FactsJson.of(file.toString(), kind, sentence));
        }
    }

    private void object(String text) {
        terminal.outUtf8((begun ? ",\n " : "[") + text);
        begun = true;
    }

    private void flush() {
        if (!rows.isEmpty()) {
            terminal.out(Table.of(rows));
            rows.clear();
        }
    }

    private ExitCode end() {
        flush();
        if (json) {
            terminal.outUtf8(begun ? "]\n" : "[]\n");
        }
        return failed ? ExitCode.SOME_FAILED : ExitCode.OK;
    }
}
