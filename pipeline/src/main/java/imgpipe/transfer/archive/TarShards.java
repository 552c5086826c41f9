package imgpipe.transfer.archive;

import imgpipe.shard.FileFault;
import imgpipe.transfer.DurableFiles;
import imgpipe.transfer.archive.TarCursor.Kind;
import imgpipe.transfer.archive.TarCursor.Member;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples into numbered tars as WebDataset reads them: {@code key.jpg} and {@code key.json}
 * one behind the other. A tar appears under its name when it is full, or at the end, and then is
 * whole and survives a power loss; a sample counts as published from then on. For one thread.
 *
 * <p>Numbers go on behind the highest that is there. Tars of earlier runs are never changed.
 */
public final class TarShards implements AutoCloseable {
    /** The time of every member, so that the bytes of a tar depend on its pictures alone. */
    public static final long MODIFIED = 0;

    private final Path folder;
    private final Path temporary;
    private final int most;
    private final List<Sample> samples = new ArrayList<>();
    private int number;
    private @Nullable SampleTar tar;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        ENDED,
        MOVED
    }

    /**
     * No tar is begun yet.
     *
     * @param folder for the tars, existing
     * @param temporaryFolder for the one in the making, existing, best on the same file system
     * @param samples after which a tar is full, at least 1
     */
    public TarShards(Path folder, Path temporaryFolder, int samples) throws IOException {
        this.folder = folder;
        temporary = temporaryFolder.resolve("samples.tar");
        most = samples;
        var there = ShardNames.in(folder);
        number = there.isEmpty() ? 0 : there.lastKey() + 1;
    }

    /**
     * Appends samples to the tar in the making; their files are not needed any more then.
     *
     * @throws IOException when these could not be appended, and none was; those before them are not
     *     touched, and it may be tried again
     * @throws IllegalStateException if the tar is full and not sealed
     */
    public void append(List<Sample> more) throws IOException {
        if (isFull() || state != State.OPEN) {
            throw new IllegalStateException("seal the tar first");
        }
        SampleTar open = tar;
        if (open == null) {
            open = new SampleTar(temporary);
            tar = open;
        }
        open.append(more);
        samples.addAll(more);
    }

    /** Whether the tar in the making has to be sealed before more is appended. */
    public boolean isFull() {
        return samples.size() >= most;
    }

    /** Where the samples of the tar in the making will be. */
    public Path target() {
        return folder.resolve(ShardNames.of(number));
    }

    /**
     * Gives the tar in the making its name, {@link #target()}, and forces it to the disk.
     *
     * @return the samples that are published by this call, in order; empty if none was appended
     * @throws IOException when that fails; it may be tried again, but not after an {@link
     *     imgpipe.transfer.UnsyncedException}
     */
    public List<Sample> seal() throws IOException {
        SampleTar open = tar;
        if (open == null || samples.isEmpty()) {
            return List.of();
        }
        if (state == State.OPEN) {
            open.end();
            open.close();
            state = State.ENDED;
        }
        if (state == State.ENDED) {
            while (Files.exists(target(), LinkOption.NOFOLLOW_LINKS)) {
                number++;
            }
            DurableFiles.publish(temporary, target());
            state = State.MOVED;
        }
        DurableFiles.forceFolder(folder);
        number++;
        return begin();
    }

    /**
     * Gives up the tar in the making.
     *
     * @return the samples that are lost
     */
    public List<Sample> abandon() throws IOException {
        if (tar != null) {
            tar.close();
        }
        Files.deleteIfExists(state == State.MOVED ? target() : temporary);
        return begin();
    }

    private List<Sample> begin() {
        List<Sample> before = List.copyOf(samples);
        samples.clear();
        tar = null;
        state = State.OPEN;
        return before;
    }

    /** Gives up what was not sealed. */
    @Override
    public void close() throws IOException {
        abandon();
    }

    /** Hears of members of tars. */
    public interface Listing {
        /**
         * The next member.
         *
         * @param tar which holds it
         * @param name of the sample, see {@link Sample#name()}, or of its description
         * @param bytes size
         */
        void member(Path tar, String name, long bytes);
    }

    /**
     * Tells of every picture and description in the numbered tars of a folder, in the order in
     * which they were written: of a sample that was written again the last counts. Reads headers
     * alone.
     *
     * @throws IOException when a tar cannot be read, or not to its end
     */
    public static void members(Path folder, Listing listing) throws IOException {
        for (Path tar : ShardNames.in(folder).values()) {
            try (TarCursor cursor = new TarCursor(tar, false)) {
                long offset = 0;
                for (Member member = cursor.at(0); member != null; member = cursor.at(offset)) {
                    int dot = member.name().indexOf('.', member.name().lastIndexOf('/') + 1);
                    if (member.kind() == Kind.FILE && dot > 0) {
                        listing.member(
                                tar,
                                SampleKey.name(member.name().substring(0, dot))
                                        + member.name().substring(dot),
                                member.bytes());
                    }
                    offset = member.next();
                }
            } catch (IOException e) {
                throw new IOException(
                        tar
                                + " cannot be read"
                                + (e instanceof FileSystemException
                                        ? ": " + FileFault.reason(e)
                                        : " to its end, as it is damaged or cut off; delete it,"
                                                + " and its pictures are made again"),
                        e);
            }
        }
    }
}
