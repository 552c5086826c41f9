package imgpipe.transfer.archive;

import imgpipe.listing.Quoted;
import imgpipe.shard.FileFault;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The members of an archive in a local file: a tar, one compressed by gzip, or a zip. Read only.
 *
 * <p>The key of an object is the member's name as programs that unpack archives understand it,
 * which need not be a name that is safe. Folders are passed over; links, devices and the like are
 * listed without a size, and refused when they are to be fetched. An address is {@code
 * ARCHIVE!NAME@OFFSET}.
 */
public abstract sealed class ArchiveStore implements Store permits TarStore, ZipStore {
    private static final int BUFFER = 1 << 16;

    private final Path archive;

    ArchiveStore(Path archive) {
        this.archive = archive;
    }

    /** Whether a file is an archive by the looks of its name. */
    public static boolean isNamedLikeArchive(Path file) {
        return String.valueOf(file.getFileName())
                .toLowerCase(Locale.ROOT)
                .matches("(?s).*\\.(tar|tar\\.[a-z0-9]+|tgz|tbz2?|txz|tzst|zip)");
    }

    /**
     * A store of what is in an archive, of which the first bytes tell its kind.
     *
     * @throws StoreException when the file cannot be read or is none
     */
    public static ArchiveStore open(Path archive) throws StoreException {
        byte[] head;
        boolean tar;
        try (InputStream in = Files.newInputStream(archive)) {
            head = in.readNBytes(4);
            tar = isGzip(head) || (head.length == 4 && TarCursor.isTar(archive));
        } catch (IOException e) {
            throw new StoreException(
                    Fault.LOCAL, archive + " cannot be read: " + FileFault.reason(e), e);
        }
        String magic = new String(head, StandardCharsets.ISO_8859_1);
        if (magic.equals("PK\3\4") || magic.equals("PK\5\6")) {
            return new ZipStore(archive);
        }
        if (tar) {
            return new TarStore(archive, isGzip(head));
        }
        throw new StoreException(
                Fault.REFUSED,
                archive
                        + " is no archive that can be read: a tar, a tar compressed by gzip, or a"
                        + " zip",
                null);
    }

    static boolean isGzip(byte[] head) {
        return head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    @Override
    public final void list(String after, Listing listing)
            throws StoreException, InterruptedException {
        boolean[] begun = {after.isEmpty()};
        list(
                object -> {
                    boolean wanted = !begun[0] || listing.accept(object);
                    begun[0] |= object.key().equals(after);
                    return wanted;
                });
    }

    /** Tells of every object from the first on. */
    abstract void list(Listing listing) throws StoreException, InterruptedException;

    /** Archives are not written to. */
    @Override
    public StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew) {
        throw new UnsupportedOperationException("an archive is not written to");
    }

    final Path archive() {
        return archive;
    }

    final String address(String member, long offset) {
        return archive + "!" + member + "@" + offset;
    }

    /** What stands in an address. */
    record Place(String member, long offset) {}

    final Place place(String address) throws StoreException {
        int at = address.lastIndexOf('@');
        String start = archive + "!";
        if (!address.startsWith(start)
                || at < start.length()
                || !address.substring(at + 1).matches("\\d{1,18}")) {
            throw new StoreException(
                    Fault.MISSING, Quoted.of(address) + " is no member of " + archive, null);
        }
        return new Place(
                address.substring(start.length(), at), Long.parseLong(address.substring(at + 1)));
    }

    /**
     * Hands a member over, and no more of it than was announced.
     *
     * @param in its content
     * @param bytes as announced
     */
    final boolean pass(String member, InputStream in, long bytes, String validator, Intake intake)
            throws StoreException, InterruptedException {
        if (!intake.begin(bytes, validator)) {
            return false;
        }
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (true) {
            int read;
            try {
                read = in.read(buffer, 0, (int) Math.min(buffer.length, left + 1));
            } catch (IOException | RuntimeException e) {
                throw damaged(member, e);
            }
            if (read < 0) {
                break;
            }
            if (read > left) {
                throw fault(member, "holds more than it announces", null);
            }
            intake.write(buffer, 0, read);
            left -= read;
        }
        if (left > 0) {
            throw fault(member, "ends " + left + " bytes before its announced size", null);
        }
        end(in, member);
        intake.end();
        return true;
    }

    /** All content was read: the last chance to find that it is not what was packed. */
    void end(InputStream content, String member) throws StoreException {}

    final StoreException missing(String member) {
        return new StoreException(
                Fault.MISSING,
                "%s is not where it was in %s, which has changed"
                        .formatted(Quoted.of(member), archive),
                null);
    }

    final StoreException refused(String member, String why) {
        return fault(member, why, null);
    }

    final StoreException damaged(String member, Exception cause) {
        return fault(member, why(cause), cause);
    }

    /** The archive as a whole cannot be read further. */
    final StoreException damaged(Exception cause) {
        return new StoreException(Fault.LOCAL, archive + " " + why(cause), cause);
    }

    private StoreException fault(String member, String why, @Nullable Exception cause) {
        return new StoreException(
                Fault.LOCAL, "%s in %s %s".formatted(Quoted.of(member), archive, why), cause);
    }

    /** The messages of libraries may hold what the archive says, so they are not told. */
    private static String why(Exception cause) {
        return switch (cause) {
            case ArchiveLimitException limit -> limit.sentence();
            case EOFException _ -> "is cut off";
            case FileSystemException fault -> "cannot be read: " + FileFault.reason(fault);
            case Exception fault when String.valueOf(fault.getMessage()).startsWith("Truncated") ->
                    "is cut off";
            default -> "is damaged or cut off";
        };
    }
}
