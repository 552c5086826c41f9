package imgpipe.job;

import imgpipe.job.JobException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps runs out of an output folder while it is read. Others may read it too. Nothing is written,
 * so that it works where nothing can be; without lock files there was no run.
 */
public final class ReadLock implements AutoCloseable {
    private final List<FileChannel> channels = new ArrayList<>();

    private ReadLock() {}

    /**
     * Takes the locks that runs take.
     *
     * @param jobFolder existing, the output's own or another
     * @throws JobException when a run has one of them
     */
    public static ReadLock of(Path output, Path jobFolder) throws JobException, IOException {
        Path own = OutputFolder.defaultJobFolder(output);
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(own)) {
            folders.add(own);
        }
        if (folders.isEmpty() || !Files.isSameFile(own, jobFolder)) {
            folders.add(jobFolder);
        }
        ReadLock lock = new ReadLock();
        try {
            for (Path folder : folders) {
                lock.take(folder);
            }
            return lock;
        } catch (JobException | IOException e) {
            lock.close();
            throw e;
        }
    }

    private void take(Path folder) throws JobException, IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return;
        }
        channels.add(channel);
        FileLock taken = null;
        try {
            taken = channel.tryLock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            // By this very process.
        }
        if (taken == null) {
            throw new JobException(
                    Reason.LOCKED,
                    "a run" + LockHolder.of(channel) + " has " + folder + "; wait for it to end");
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
