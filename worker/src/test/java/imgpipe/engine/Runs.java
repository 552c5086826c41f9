package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.PictureException;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Bytes through an engine, with one recipe. */
final class Runs implements AutoCloseable {
    final Workspace workspace = new Workspace();
    final Codecs codecs = Codecs.ofThisMachine();
    private final Engine engine = Engine.create();
    private final Path folder;

    Runs(Path folder) {
        this.folder = folder;
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Runs.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    Outcome outcome(byte[] source, String recipe) throws IOException {
        Path file = Files.write(folder.resolve("source"), source);
        Task task =
                new Task(
                        7,
                        "source",
                        file.toUri().getRawPath(),
                        source.length,
                        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS),
                        List.of(new Rendition("/out/x", recipe)));
        return engine.run(task, Limits.DEFAULT, folder);
    }

    byte[] made(byte[] source, String recipe) throws IOException {
        Outcome outcome = outcome(source, recipe);
        if (!(outcome instanceof Outcome.Done)) {
            throw new AssertionError(recipe + ": " + outcome);
        }
        return Files.readAllBytes(folder.resolve("7-0"));
    }

    Picture decoded(ImageFormat format, byte[] file) throws PictureException {
        MemorySegment memory = workspace.allocate(file.length);
        memory.copyFrom(MemorySegment.ofArray(file));
        return codecs.decode(format, memory, DecodeRequest.WHOLE, workspace).picture();
    }

    @Override
    public void close() {
        engine.close();
        codecs.close();
        workspace.close();
    }
}
