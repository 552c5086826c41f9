package imgpipe.cli;

import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.image.ImageFormat;
import imgpipe.image.Workspace;
import imgpipe.operation.Mark;
import imgpipe.operation.Operation;
import imgpipe.operation.Recipe;
import imgpipe.operation.Watermark;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures that watermarks show, looked at before a run begins: one that is missing or broken
 * would fail every picture. Workers get their absolute paths, and a hash of their content, with
 * which the recipe changes when the mark does, and so everything is made anew.
 */
final class MarkFiles {
    private MarkFiles() {}

    /**
     * The same recipe, its marks found.
     *
     * @throws UsageException for the first that is not there or no picture
     */
    static Recipe found(Recipe recipe) throws UsageException {
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : recipe.operations()) {
            operations.add(
                    operation instanceof Watermark watermark
                                    && watermark.mark() instanceof Mark.File file
                            ? watermark.with(found(file))
                            : operation);
        }
        return new Recipe(operations, recipe.format(), recipe.settings());
    }

    private static Mark.File found(Mark.File mark) throws UsageException {
        URI here = Path.of("").toAbsolutePath().toUri();
        Path path = Path.of(here.resolve("./" + mark.path()).normalize());
        if (mark.path().startsWith("/")) {
            path = Path.of(URI.create("file://" + mark.path()));
        }
        try {
            if (!Files.isRegularFile(path)) {
                throw refused(path, Files.exists(path) ? "is no file" : "is not there");
            }
            if (Files.size(path) > Mark.File.MOST_BYTES) {
                throw refused(path, "is larger than " + (Mark.File.MOST_BYTES >> 20) + " MB");
            }
            byte[] content = Files.readAllBytes(path);
            requirePicture(path, content);
            String absolute = Mark.File.of(path.toUri().getRawPath()).path();
            return new Mark.File(absolute, Mark.File.hash(content));
        } catch (IOException e) {
            throw refused(path, "cannot be read: " + FileFault.reason(e));
        }
    }

    private static void requirePicture(Path path, byte[] content) throws UsageException {
        try (Codecs codecs = Codecs.ofThisMachine();
                Workspace workspace = new Workspace()) {
            MemorySegment bytes = workspace.allocate(content.length);
            bytes.copyFrom(MemorySegment.ofArray(content));
            ImageFormat format = codecs.sniff(bytes);
            Header header = codecs.header(format, bytes);
            if (header.size().pixels() > Mark.File.MOST_PIXELS) {
                throw refused(
                        path,
                        "has more than " + Mark.File.MOST_PIXELS / 1_000_000 + " million pixels");
            }
            codecs.decode(format, bytes, new DecodeRequest(null, 1, false, false), workspace);
        } catch (PictureException e) {
            throw refused(path, "is no picture for a mark: " + e.getMessage());
        }
    }

    private static UsageException refused(Path path, String why) {
        return new UsageException("the watermark " + Values.quoted(path.toString()) + " " + why);
    }
}
