package imgpipe.job;

import imgpipe.job.JobException.Reason;
import imgpipe.shard.FileFault;
import imgpipe.transfer.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output folder while one run has it: locked by the operating system, which lets go when the
 * process ends however it ends, and with an empty folder for temporary files on the same file
 * system.
 */
final class OutputFolder implements AutoCloseable {
    private static final String OWN = ".imgpipe";
    private static final String PICTURES = "pictures";

    private final Path root;
    private final Path temporary;
    private final FileChannel lock;
    private final @Nullable FileChannel jobLock;
    private final List<Path> made;

    private OutputFolder(
            Path root,
            Path temporary,
            FileChannel lock,
            @Nullable FileChannel jobLock,
            List<Path> made) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
        this.jobLock = jobLock;
        this.made = made;
    }

    /** Where a run keeps its ledger and reports unless it is told otherwise. */
    static Path defaultJobFolder(Path output) {
        return output.resolve(OWN);
    }

    /**
     * Refuses an output that is the input folder: outputs would replace their sources. Where
     * folders are searched it must not lie in the input or around it either: the next run would
     * take its own results for sources.
     */
    static void requireApart(Path inputRoot, boolean searched, Path output) throws JobException {
        Path out = realPath(output);
        String fault = null;
        if (out.equals(inputRoot)) {
            fault = "is the input folder";
        } else if (searched && out.startsWith(inputRoot)) {
            fault = "lies inside the input folder " + inputRoot;
        } else if (searched && inputRoot.startsWith(out)) {
            fault = "contains the input folder " + inputRoot;
        }
        if (fault != null) {
            throw new JobException(
                    Reason.USAGE,
                    "the output "
                            + output
                            + " "
                            + fault
                            + "; choose another one, or allow it with --in-place");
        }
    }

    /** The path without links, also where its last parts are not there yet. */
    static Path realPath(Path path) throws JobException {
        Path there = path.toAbsolutePath().normalize();
        Path rest = Path.of("");
        while (!Files.exists(there)) {
            Path parent = there.getParent();
            if (parent == null) {
                break;
            }
            rest = parent.relativize(there).resolve(rest);
            there = parent;
        }
        try {
            return there.toRealPath().resolve(rest).normalize();
        } catch (IOException e) {
            throw new JobException(Reason.FAILED, there + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The folder of runs into an address, for all that they need on this machine. */
    static OutputFolder openFor(String address, Path jobFolder) throws JobException {
        return open(
                jobFolder,
                jobFolder,
                jobFolder,
                address,
                "the folder "
                        + jobFolder
                        + ", for what is kept of runs into "
                        + address
                        + ", cannot be used (XDG_STATE_HOME or --job-dir chooses another)");
    }

    /** The same for an output that is a folder. */
    static OutputFolder open(Path output, Path jobFolder) throws JobException {
        return open(
                output,
                defaultJobFolder(output),
                jobFolder,
                output.toString(),
                "the output folder " + output + " cannot be used");
    }

    /**
     * Makes and locks the folder, and clears what a run that was killed left behind.
     *
     * @param own folder in it, or itself, for lock and temporary files
     * @param title of the output, for people
     * @param fault begins the sentence that says that it cannot be used
     * @throws JobException when another run has it or the job folder, or it cannot be made
     */
    private static OutputFolder open(
            Path output, Path own, Path jobFolder, String title, String fault) throws JobException {
        List<Path> made = new ArrayList<>();
        Path temporary = own.resolve("tmp");
        FileChannel lock = null;
        FileChannel jobLock = null;
        try {
            requireOwn(own);
            requireOwn(temporary);
            make(temporary, made);
            lock = lock(own, title, made);
            make(jobFolder, made);
            if (!Files.isSameFile(own, jobFolder)) {
                // Runs with other outputs may be given the same one, and each would write over what
                // the others say in its ledger.
                jobLock = lock(jobFolder, jobFolder.toString(), made);
            }
            clear(temporary);
            Files.createDirectory(temporary.resolve(PICTURES));
            return new OutputFolder(
                    output.toRealPath(), temporary.toRealPath(), lock, jobLock, made);
        } catch (IOException e) {
            takeBack(made, lock);
            closeQuietly(jobLock);
            closeQuietly(lock);
            throw new JobException(
                    FileFault.isDiskFull(e) ? Reason.DISK_FULL : Reason.FAILED,
                    fault + ": " + reason(e),
                    e);
        } catch (JobException e) {
            takeBack(made, lock);
            closeQuietly(jobLock);
            closeQuietly(lock);
            throw e;
        }
    }

    /**
     * Removes what a run has made that is refused. Without the lock another run may have begun to
     * use the folder for temporary files, which is empty then; the folders above are not.
     */
    private static void takeBack(List<Path> made, @Nullable FileChannel lock) {
        for (Path file : made.reversed()) {
            if (lock == null && file.endsWith("tmp")) {
                return;
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It is in use, and so are those above it.
                return;
            }
        }
    }

    /** What lies in these folders is removed at will, so it must not be somebody else's. */
    private static void requireOwn(Path folder) throws JobException {
        if (Files.isSymbolicLink(folder)) {
            throw new JobException(
                    Reason.FAILED, folder + " is a link, which is not followed there; remove it");
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException denied
                ? "no permission to write to " + denied.getFile()
                : FileFault.reason(e);
    }

    private static void make(Path folder, List<Path> made) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            make(parent, made);
        }
        Files.createDirectory(folder);
        made.add(folder);
        if (parent != null && Files.isReadable(parent)) {
            // Otherwise all that a run has done could be gone with the name of its folder. A parent
            // that may be written to and not read cannot be forced.
            DurableFiles.forceFolder(parent);
        }
    }

    /** Locks a folder for this run; a message says that {@code what} is taken. */
    private static FileChannel lock(Path folder, String what, List<Path> made)
            throws IOException, JobException {
        Path file = folder.resolve("lock");
        boolean isNew = Files.notExists(file);
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        try {
            if (channel.tryLock() == null) {
                throw locked(channel, what);
            }
        } catch (OverlappingFileLockException e) {
            throw locked(channel, what);
        }
        if (isNew) {
            made.add(file);
        }
        LockHolder.write(channel);
        return channel;
    }

    private static JobException locked(FileChannel channel, String what) throws IOException {
        String holder = LockHolder.of(channel);
        channel.close();
        return new JobException(
                Reason.LOCKED,
                holder.isEmpty()
                        ? "another run, or imgpipe verify, has " + what + "; wait for it to end"
                        : "another run"
                                + holder
                                + " is writing to "
                                + what
                                + "; wait for it to end");
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The refusal that led here says more.
        }
    }

    /** Removes everything in a folder, and follows no link. */
    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    clear(file);
                }
                Files.delete(file);
            }
        }
    }

    /** The folder itself, without links. */
    Path root() {
        return root;
    }

    /** Existing folder on the same file system, empty when the run begins. */
    Path temporary() {
        return temporary;
    }

    /**
     * The same for what workers write, and for nothing else: what the run relies on must be out of
     * their reach.
     */
    Path pictures() {
        return temporary.resolve(PICTURES);
    }

    /** Announces a file that the run will make, so that it can be taken back too. */
    void makes(Path file) {
        if (Files.notExists(file)) {
            made.add(file);
        }
    }

    /**
     * Takes back everything that opening made, for a run that is refused before it has written
     * anything.
     */
    void undo() throws IOException {
        clear(temporary);
        takeBack(made, lock);
    }

    @Override
    public void close() throws IOException {
        try (lock;
                jobLock) {
            if (Files.isDirectory(temporary)) {
                clear(temporary);
            }
            LockHolder.clear(lock);
            if (jobLock != null) {
                LockHolder.clear(jobLock);
            }
        }
    }
}
