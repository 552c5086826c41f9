package imgpipe.transfer.archive;

import imgpipe.transfer.archive.TarCursor.Kind;
import imgpipe.transfer.archive.TarCursor.Member;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The members of a tar. Those of a plain one are read at their places, by any number of threads; a
 * compressed one is read forwards, by one thread after the other.
 */
final class TarStore extends ArchiveStore {
    private final boolean gzip;

    /** For {@link #forward}. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable TarCursor forward;

    TarStore(Path archive, boolean gzip) {
        super(archive);
        this.gzip = gzip;
    }

    @Override
    public int parallelism() {
        return gzip ? 1 : Integer.MAX_VALUE;
    }

    @Override
    void list(Listing listing) throws StoreException, InterruptedException {
        try (TarCursor cursor = new TarCursor(archive(), gzip)) {
            long offset = 0;
            for (Member member = cursor.at(0); member != null; member = cursor.at(offset)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (member.kind() != Kind.FOLDER && !listing.accept(object(member, offset))) {
                    return;
                }
                offset = member.next();
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private StoredObject object(Member member, long offset) {
        boolean file = member.kind() == Kind.FILE;
        return new StoredObject(
                member.name(),
                address(member.name(), offset),
                file ? member.bytes() : -1,
                file ? validator(member) : "");
    }

    private static String validator(Member member) {
        return member.modified() + "-" + member.bytes();
    }

    @Override
    public boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException {
        Place place = place(address);
        if (gzip) {
            return fetchForward(place, validator, intake);
        }
        try (TarCursor cursor = new TarCursor(archive(), false)) {
            return fetch(cursor, place, validator, intake);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(place.member(), e);
        }
    }

    private boolean fetchForward(Place place, String validator, Intake intake)
            throws StoreException, InterruptedException {
        lock.lockInterruptibly();
        boolean certain = false;
        try {
            TarCursor cursor = forward;
            if (cursor == null) {
                cursor = new TarCursor(archive(), true);
                forward = cursor;
            }
            boolean fetched = fetch(cursor, place, validator, intake);
            certain = true;
            return fetched;
        } catch (StoreException e) {
            // Whatever was wrong with the member, or nobody wanted of it, the next one is behind.
            certain = !(e.getCause() instanceof IOException);
            throw e;
        } catch (IOException e) {
            throw damaged(place.member(), e);
        } finally {
            if (!certain) {
                // Where it stands is not certain.
                close();
            }
            lock.unlock();
        }
    }

    private boolean fetch(TarCursor cursor, Place place, String validator, Intake intake)
            throws IOException, InterruptedException {
        Member member = cursor.at(place.offset());
        if (member == null || !member.name().equals(place.member())) {
            throw missing(place.member());
        }
        if (member.kind() != Kind.FILE) {
            throw refused(
                    member.name(),
                    "is not a regular file but a link, a device or a file with holes");
        }
        if (!validator.isEmpty() && validator.equals(validator(member))) {
            return false;
        }
        return pass(member.name(), member.content(), member.bytes(), validator(member), intake);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (forward != null) {
                forward.close();
            }
        } catch (IOException e) {
            // It was only read.
        } finally {
            forward = null;
            lock.unlock();
        }
    }
}
