package imgpipe.transfer.archive;

import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * The members of a zip, by the directory at its end, which is held in memory. Those whose content
 * is compressed in a usual way are read, by any number of threads.
 */
final class ZipStore extends ArchiveStore {
    private static final Set<ZipMethod> READABLE =
            Set.of(
                    ZipMethod.STORED,
                    ZipMethod.DEFLATED,
                    ZipMethod.ENHANCED_DEFLATED,
                    ZipMethod.BZIP2);

    private @Nullable ZipFile opened;
    private @Nullable DirectoryLimit channel;

    ZipStore(Path archive) {
        super(archive);
    }

    private synchronized ZipFile zip() throws IOException {
        ZipFile known = opened;
        if (known == null) {
            known = open();
            opened = known;
        }
        return known;
    }

    private ZipFile open() throws IOException {
        DirectoryLimit channel = new DirectoryLimit(archive());
        this.channel = channel;
        try {
            ZipFile zip =
                    ZipFile.builder()
                            .setSeekableByteChannel(channel)
                            .setIgnoreLocalFileHeader(true)
                            .get();
            channel.lift();
            return zip;
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (RuntimeException e) {
            channel.close();
            throw new IOException("the directory cannot be read", e);
        }
    }

    @Override
    void list(Listing listing) throws StoreException, InterruptedException {
        Enumeration<ZipArchiveEntry> entries;
        try {
            entries = zip().getEntriesInPhysicalOrder();
        } catch (IOException e) {
            throw damaged(e);
        }
        while (entries.hasMoreElements()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ZipArchiveEntry entry = entries.nextElement();
            if (!entry.isDirectory() && !listing.accept(object(entry))) {
                return;
            }
        }
    }

    private StoredObject object(ZipArchiveEntry entry) {
        boolean file = isFile(entry);
        return new StoredObject(
                entry.getName(),
                address(entry.getName(), entry.getLocalHeaderOffset()),
                file ? entry.getSize() : -1,
                file ? validator(entry) : "");
    }

    /** Files made by systems that are not Unix have no mode. */
    private static boolean isFile(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & 0170000;
        return type == 0 || type == 0100000;
    }

    private static String validator(ZipArchiveEntry entry) {
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }

    @Override
    public boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException {
        Place place = place(address);
        try {
            ZipFile zip = zip();
            ZipArchiveEntry entry = entry(zip, place);
            String fault = fault(entry);
            if (fault != null) {
                throw refused(place.member(), fault);
            }
            if (!validator.isEmpty() && validator.equals(validator(entry))) {
                return false;
            }
            try (Checked in = new Checked(open(zip, entry), entry.getCrc())) {
                return pass(place.member(), in, entry.getSize(), validator(entry), intake);
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(place.member(), e);
        }
    }

    /**
     * To open a member moves the channel, which those that read others move too: they hold its
     * monitor then, but the library does not when it opens one.
     */
    private InputStream open(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        synchronized (Objects.requireNonNull(channel)) {
            return zip.getInputStream(entry);
        }
    }

    private ZipArchiveEntry entry(ZipFile zip, Place place) throws StoreException {
        for (ZipArchiveEntry entry : zip.getEntries(place.member())) {
            if (entry.getLocalHeaderOffset() == place.offset()) {
                return entry;
            }
        }
        throw missing(place.member());
    }

    private static @Nullable String fault(ZipArchiveEntry entry) {
        if (!isFile(entry)) {
            return "is not a regular file but a link or a device";
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return "is encrypted";
        }
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        if (method == null || !READABLE.contains(method)) {
            return "is compressed by a method that is not read, number " + entry.getMethod();
        }
        return null;
    }

    /** Knows what checksum the content must have in the end. */
    private static final class Checked extends CheckedInputStream {
        private final long expected;

        Checked(InputStream in, long expected) {
            super(in, new CRC32());
            this.expected = expected;
        }

        boolean isWhole() {
            return getChecksum().getValue() == expected;
        }
    }

    @Override
    void end(InputStream content, String member) throws StoreException {
        if (content instanceof Checked checked && !checked.isWhole()) {
            throw damaged(member, new IOException("checksum"));
        }
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            ZipFile.closeQuietly(opened);
            opened = null;
        }
    }
}
