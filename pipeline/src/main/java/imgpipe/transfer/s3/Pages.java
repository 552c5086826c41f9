package imgpipe.transfer.s3;

import imgpipe.transfer.store.Store.Listing;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings, of which only one page of at most a thousand keys is in memory. */
final class Pages {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final S3Client client;
    private final S3Faults faults;
    private final int retries;

    Pages(S3Client client, S3Faults faults, int retries) {
        this.client = client;
        this.faults = faults;
        this.retries = retries;
    }

    /** Tells of the one object that the root is, or of all objects in the folder that it is. */
    void list(S3Address root, Listing listing) throws StoreException, InterruptedException {
        if (!root.equals(root.folder()) && tellObject(root, listing)) {
            return;
        }
        S3Address folder = root.folder();
        String next = null;
        do {
            ListObjectsV2Response page = page(folder, next);
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

    private ListObjectsV2Response page(S3Address folder, @Nullable String token)
            throws StoreException, InterruptedException {
        ListObjectsV2Request request = request(folder).continuationToken(token).build();
        for (int attempt = 0; ; attempt++) {
            try {
                return once(request, folder);
            } catch (StoreException e) {
                if (token == null || attempt >= retries || !e.fault().isPassing()) {
                    throw e;
                }
                pause(attempt, e.retryAfter());
            }
        }
    }

    /** Full jitter, but not sooner than the store asks for. */
    private static void pause(int attempt, @Nullable Duration asked) throws InterruptedException {
        long most = FIRST_PAUSE.toMillis() << Math.min(attempt, 10);
        long millis = ThreadLocalRandom.current().nextLong(most + 1);
        if (asked != null) {
            millis = Math.max(millis, asked.toMillis());
        }
        Thread.sleep(Math.min(millis, LONGEST_PAUSE.toMillis()));
    }

    private ListObjectsV2Response once(ListObjectsV2Request request, S3Address root)
            throws StoreException, InterruptedException {
        try {
            return client.listObjectsV2(request);
        } catch (RuntimeException e) {
            throw faults.of(e, root, "s3:ListBucket");
        }
    }

    /** Keys can hold what XML cannot; they come encoded, and the SDK decodes them. */
    private static ListObjectsV2Request.Builder request(S3Address root) {
        return ListObjectsV2Request.builder()
                .bucket(root.bucket())
                .prefix(root.key())
                .encodingType(EncodingType.URL);
    }
}
