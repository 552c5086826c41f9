package imgpipe.job;

import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planned tasks of a run, in a file: no task starts before the whole scan is known to be free
 * of collisions, and a million tasks do not fit into a small coordinator. First all are added, then
 * all are taken, in the same order.
 */
final class TaskSpool implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;
    private @Nullable DataInputStream in;
    private long added;
    private long bytes;
    private long taken;

    /** An empty spool in a new file of this name. */
    TaskSpool(Path file) throws IOException {
        this.file = file;
        // Addresses may hold secrets, which are not for everybody on this machine.
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    /** How many tasks were added. */
    long size() {
        return added;
    }

    /** Bytes of the sources of all tasks that were added. */
    long bytes() {
        return bytes;
    }

    void add(Task task) throws IOException {
        out.writeLong(task.id());
        out.writeUTF(task.name());
        out.writeUTF(task.source());
        out.writeLong(task.bytes());
        out.writeLong(task.modified());
        out.writeInt(task.renditions().size());
        for (Rendition rendition : task.renditions()) {
            out.writeUTF(rendition.target());
            out.writeUTF(rendition.recipe());
        }
        added++;
        bytes += task.bytes();
    }

    /** Adds all that another one holds. */
    void addAll(TaskSpool other) throws IOException {
        for (Task task = other.take(); task != null; task = other.take()) {
            add(task);
        }
    }

    /** The next task, or null behind the last. */
    @Nullable Task take() throws IOException {
        if (taken == added) {
            return null;
        }
        if (in == null) {
            out.close();
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        }
        taken++;
        long id = in.readLong();
        String name = in.readUTF();
        String source = in.readUTF();
        long size = in.readLong();
        long modified = in.readLong();
        List<Rendition> renditions = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            renditions.add(new Rendition(in.readUTF(), in.readUTF()));
        }
        return new Task(id, name, source, size, modified, renditions);
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (in != null) {
            in.close();
        }
        Files.deleteIfExists(file);
    }
}
