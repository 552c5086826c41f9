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

/** Renames one task's outputs to their final names in the output folder. */
final class FolderPublication implements Publication {
    private final Task task;
    private final Outcome.Done done;
    private final TemporaryOutputs temporary;
    private final Folders folders;
    private final UploadListener listener;

    /** What an earlier attempt has come as far as. */
    private final Set<Path> moved = new HashSet<>();

    private boolean announced;

    FolderPublication(
            Task task,
            Outcome.Done done,
            TemporaryOutputs temporary,
            Folders folders,
            UploadListener listener) {
        this.task = task;
        this.done = done;
        this.temporary = temporary;
        this.folders = folders;
        this.listener = listener;
    }

    @Override
    public List<Published> publish() throws IOException {
        if (!announced) {
            List<Published> outputs = new ArrayList<>();
            for (int i = 0; i < task.renditions().size(); i++) {
                outputs.add(described(i, temporary.whole(i)));
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
                DurableFiles.publish(temporary.whole(i), target);
                moved.add(target);
            }
        }
        List<Published> outputs = new ArrayList<>();
        for (int i = 0; i < task.renditions().size(); i++) {
            outputs.add(described(i, target(i)));
        }
        return outputs;
    }

    private boolean replacesSource(int rendition) {
        return task.renditions().get(rendition).target().equals(task.source());
    }

    private Path target(int rendition) {
        Rendition wanted = task.renditions().get(rendition);
        return Path.of(URI.create("file://" + wanted.target()));
    }

    private Published described(int rendition, Path file) throws IOException {
        Written written = done.written().get(rendition);
        BasicFileAttributes now =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Published(
                task.renditions().get(rendition).target(),
                now.size(),
                now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                written.crc32c(),
                written.width(),
                written.height());
    }
}
