package imgpipe.transfer.s3;

import imgpipe.transfer.store.Store.Listing;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings, of which only one page of at most a thousand keys is in memory. */
final class Pages {
    /** No store tells more in one answer. */
    static final int MOST = 1_000;

    private final S3Client client;
    private final S3Faults faults;
    private final int keys;

    /**
     * Listings of a store.
     *
     * @param keys of a page, {@value #MOST} at most
     */
    Pages(S3Client client, S3Faults faults, int keys) {
        this.client = client;
        this.faults = faults;
        this.keys = keys;
    }

    /**
     * Tells of the one object that the root is, or of all objects in the folder that it is.
     *
     * @param after key below the folder, behind which to begin; empty for the first
     */
    void list(S3Address root, String after, Listing listing)
            throws StoreException, InterruptedException {
        if (after.isEmpty() && !root.equals(root.folder()) && tellObject(root, listing)) {
            return;
        }
        S3Address folder = root.folder();
        String next = null;
        do {
            ListObjectsV2Request.Builder request = request(folder);
            if (next != null) {
                request.continuationToken(next);
            } else if (!after.isEmpty()) {
                request.startAfter(folder.key() + after);
            }
            ListObjectsV2Response page = once(request.build(), folder);
            for (S3Object object : page.contents()) {
                if (isBelow(folder, object) && !listing.accept(described(folder, object))) {
                    return;
                }
            }
            next = following(folder, page, next);
        } while (next != null);
    }

    /** Of all keys that begin with one key, that one comes first. */
    private boolean tellObject(S3Address root, Listing listing)
            throws StoreException, InterruptedException {
        for (S3Object object : once(request(root).maxKeys(1).build(), root).contents()) {
            if (object.key().equals(root.key())) {
                String folder = root.key().substring(0, root.key().lastIndexOf('/') + 1);
                listing.accept(described(new S3Address(root.bucket(), folder), object));
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(S3Address folder, S3Object object) {
        boolean marker = object.key().endsWith("/") && object.size() == 0;
        return !marker
                && object.key().startsWith(folder.key())
                && object.key().length() > folder.key().length();
    }

    private static StoredObject described(S3Address folder, S3Object object) {
        return new StoredObject(
                object.key().substring(folder.key().length()),
                new S3Address(folder.bucket(), object.key()).toString(),
                object.size() == null ? -1 : object.size(),
                S3Store.unquoted(object.eTag()));
    }

    private static @Nullable String following(
            S3Address folder, ListObjectsV2Response page, @Nullable String last)
            throws StoreException {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        String next = page.nextContinuationToken();
        if (next == null || next.isEmpty() || next.equals(last)) {
            throw new StoreException(
                    Fault.REFUSED,
                    "%s: the store does not say how its listing goes on".formatted(folder),
                    null);
        }
        return next;
    }

    private ListObjectsV2Response once(ListObjectsV2Request request, S3Address root)
            throws StoreException, InterruptedException {
        ListObjectsV2Response page;
        try {
            page = client.listObjectsV2(request);
        } catch (RuntimeException e) {
            throw faults.of(e, root, "s3:ListBucket");
        }
        // All stores say both, and a document that is not whole cannot be read: this was none at
        // all, of an answer that was cut off in its head.
        if (page.isTruncated() == null && page.name() == null) {
            throw S3Faults.cut(root, null);
        }
        return page;
    }

    /** Keys can hold what XML cannot; they come encoded, and the SDK decodes them. */
    private ListObjectsV2Request.Builder request(S3Address root) {
        return ListObjectsV2Request.builder()
                .bucket(root.bucket())
                .prefix(root.key())
                .maxKeys(keys)
                .encodingType(EncodingType.URL);
    }
}
