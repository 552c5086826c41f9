package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Gives one task's outputs their final names, in one attempt or several. */
final class Publisher {
    private final Task task;
    private final Outcome.Done done;
    private final Path temporaryFolder;
    private final Folders folders;
    private final UploadListener listener;

    /** What an earlier attempt has come as far as. */
    private final Set<Path> moved = new HashSet<>();

    private boolean announced;

    Publisher(
            Task task,
            Outcome.Done done,
            Path temporaryFolder,
            Folders folders,
            UploadListener listener) {
        this.task = task;
        this.done = done;
        this.temporaryFolder = temporaryFolder;
        this.folders = folders;
        this.listener = listener;
    }

    /**
     * One attempt at all outputs.
     *
     * @return one for each rendition, in their order
     */
    List<Published> publish() throws IOException {
        if (!announced) {
            List<Published> outputs = new ArrayList<>();
            for (int i = 0; i < task.renditions().size(); i++) {
                outputs.add(described(i, whole(i)));
            }
            listener.publishing(task, outputs);
            announced = true;
        }
        // The one that replaces the source comes last: until then the picture can be made again.
        List<Integer> order =
                IntStream.range(0, task.renditions().size())
                        .boxed()
                        .sorted(Comparator.comparing(this::replacesSource))
                        .toList();
        for (int i : order) {
            Path target = target(i);
            if (!moved.contains(target)) {
                folders.make(target);
                DurableFiles.publish(whole(i), target);
                moved.add(target);
            }
        }
        List<Published> outputs = new ArrayList<>();
        for (int i = 0; i < task.renditions().size(); i++) {
            outputs.add(described(i, target(i)));
        }
        return outputs;
    }

    /** Removes what could not be published: it may be much, and the run may be long. */
    void discard() {
        for (int i = 0; i < task.renditions().size(); i++) {
            try {
                Files.deleteIfExists(temporary(i));
            } catch (IOException e) {
                // The end of the run, or the next one, clears the folder.
            }
        }
    }

    private boolean replacesSource(int rendition) {
        return task.renditions().get(rendition).target().equals(task.source());
    }

    private Path temporary(int rendition) {
        return temporaryFolder.resolve(task.temporaryName(rendition));
    }

    private Path target(int rendition) {
        Rendition wanted = task.renditions().get(rendition);
        return Path.of(URI.create("file://" + wanted.target()));
    }

    /** The temporary file, which has as many bytes as the worker wrote. */
    private Path whole(int rendition) throws IOException {
        Path file = temporary(rendition);
        long wrote = done.written().get(rendition).bytes();
        long bytes = Files.size(file);
        if (bytes != wrote) {
            throw new IOException("the worker wrote " + wrote + " bytes, its file has " + bytes);
        }
        return file;
    }

    private Published described(int rendition, Path file) throws IOException {
        Written written = done.written().get(rendition);
        BasicFileAttributes now =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Published(
                target(rendition),
                now.size(),
                now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                written.crc32c(),
                written.width(),
                written.height());
    }
}
