package imgpipe.engine;

import imgpipe.codec.MagicBytes;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Workspace;
import imgpipe.shard.FailureKind;
import imgpipe.shard.FileFault;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes of each picture what it is: its one rendition has the same bytes. The recipe is not looked
 * at. Nothing is decoded, so a size in pixels is not known and told as 0.
 */
public final class CopyEngine implements TaskEngine {
    private final boolean anyFile;
    private final Workspace workspace = new Workspace();

    /**
     * An engine for one thread.
     *
     * @param anyFile whether files are copied too that are no pictures by their magic bytes
     */
    public CopyEngine(boolean anyFile) {
        this.anyFile = anyFile;
    }

    @Override
    public Outcome run(Task task, Limits limits, Path temporaryFolder) {
        boolean _ = workspace.reset();
        MemorySegment file;
        try {
            file = SourceFile.read(task, limits, workspace);
            if (!anyFile && MagicBytes.sniff(file).isEmpty()) {
                throw new PictureException(
                        Reason.NOT_A_PICTURE,
                        "it does not begin like any picture that is read here; --all-files copies"
                                + " it");
            }
        } catch (PictureException e) {
            FailureKind kind =
                    e.reason() == Reason.LIMIT ? FailureKind.LIMIT : FailureKind.NOT_A_PICTURE;
            return failed(task, kind, String.valueOf(e.getMessage()));
        } catch (SourceFile.ChangedException e) {
            return failed(task, FailureKind.CHANGED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(task, FailureKind.READ, "it cannot be read: " + FileFault.reason(e));
        }
        try {
            long crc = TemporaryFile.write(temporaryFolder.resolve(task.temporaryName(0)), file);
            return new Outcome.Done(
                    task.id(), List.of(new Written(file.byteSize(), crc, 0, 0)), 0, List.of());
        } catch (IOException e) {
            return failed(
                    task,
                    FileFault.isDiskFull(e) ? FailureKind.DISK_FULL : FailureKind.WRITE,
                    "its copy cannot be written: " + FileFault.reason(e));
        }
    }

    private static Outcome failed(Task task, FailureKind kind, String sentence) {
        return new Outcome.Failed(task.id(), kind, task.name(), sentence);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
