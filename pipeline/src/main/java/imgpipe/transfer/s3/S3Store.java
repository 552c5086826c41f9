package imgpipe.transfer.s3;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket, or a folder in one: the keys that begin with a prefix and a slash. A root without a
 * slash at its end is the one object of that key, if there is one, and a folder otherwise; {@code
 * s3://b/photos} never means {@code photos2/x}.
 *
 * <p>Credentials, region and profile are those that Amazon's own tools take, from the environment,
 * {@code ~/.aws} and the role of the machine. An object's validator is its entity tag without the
 * quotes.
 */
public final class S3Store implements Store {
    private static final int BUFFER = 64 << 10;

    /** Stays open until it is read or broken off; the SDK's own closes after a minute unread. */
    private static final ResponseTransformer<
                    GetObjectResponse, ResponseInputStream<GetObjectResponse>>
            OPEN =
                    ResponseTransformer.unmanaged(
                            (answer, body) ->
                                    new ResponseInputStream<>(answer, body, Duration.ZERO));

    private final S3Address root;
    private final Duration timeout;
    private final Credentials credentials;
    private final S3Client client;
    private final S3Faults faults;
    private final Pages pages;
    private final Uploads uploads;
    private final Watch watch = new Watch();

    /**
     * For one run. Dials nothing yet.
     *
     * @param root {@code s3://bucket}, {@code s3://bucket/prefix/} or {@code s3://bucket/key}, see
     *     {@link S3Address#parse}
     * @throws IllegalArgumentException with a sentence for people when the root is no such address,
     *     or the endpoint no address of a web server
     */
    public S3Store(String root, TransferSettings settings) {
        this(root, settings, DefaultCredentialsProvider.builder().build());
    }

    /** With credentials from somewhere else. */
    S3Store(String root, TransferSettings settings, AwsCredentialsProvider places) {
        this.root = S3Address.parse(root);
        timeout = settings.timeout();
        credentials = new Credentials(places);
        client = S3Clients.of(settings, credentials);
        String endpoint = settings.s3Endpoint();
        faults = new S3Faults(endpoint == null ? null : Addresses.readable(endpoint));
        pages = new Pages(client, faults, Pages.MOST);
        uploads = new Uploads(client, faults, endpoint == null, timeout);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The order is that of the keys' bytes, as the store gives it. Empty objects whose keys end
     * with a slash are what some tools make for folders, and are left out.
     */
    @Override
    public void list(String after, Listing listing) throws StoreException, InterruptedException {
        pages.list(root, after, listing);
    }

    @Override
    public boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException {
        S3Address object = parsed(address);
        Deadline deadline = new Deadline(timeout);
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
        if (!validator.isEmpty()) {
            request.ifNoneMatch('"' + validator + '"');
        }
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = client.getObject(request.build(), OPEN);
        } catch (RuntimeException e) {
            if (e instanceof S3Exception said && said.statusCode() == 304) {
                return false;
            }
            throw faults.of(e, object, "s3:GetObject");
        }
        boolean whole = false;
        try {
            whole = take(object, body, deadline, intake);
            return whole;
        } finally {
            if (!whole) {
                // To close it would first read what is still to come.
                body.abort();
            }
        }
    }

    private boolean take(
            S3Address object,
            ResponseInputStream<GetObjectResponse> body,
            Deadline deadline,
            Intake intake)
            throws StoreException, InterruptedException {
        Long announced = body.response().contentLength();
        if (announced == null) {
            // All stores tell it; an answer that was cut off in its head may lack it.
            throw S3Faults.cut(object, null);
        }
        Duration left = deadline.left();
        // It may have to wait for room, which is nobody's fault.
        if (!intake.begin(announced, unquoted(body.response().eTag()))) {
            return false;
        }
        Deadline rest = new Deadline(left);
        try (Watch.Watched watched = watch.start(rest, body::abort)) {
            byte[] buffer = new byte[BUFFER];
            int read;
            while ((read = read(object, body, buffer, watched)) >= 0) {
                intake.write(buffer, 0, read);
            }
        }
        intake.end();
        return true;
    }

    private int read(
            S3Address object,
            ResponseInputStream<GetObjectResponse> body,
            byte[] buffer,
            Watch.Watched watched)
            throws StoreException, InterruptedException {
        try {
            return body.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw watched.isOver() ? faults.late(object, e) : faults.of(e, object, "s3:GetObject");
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>From 8 MB on in parts, which are taken back when it fails.
     */
    @Override
    public @Nullable StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew)
            throws StoreException, InterruptedException {
        String key = S3Address.decode(name);
        S3Address target = root.folder().resolve(key);
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw new StoreException(
                    Fault.LOCAL, "%s: the file to send cannot be read".formatted(target), e);
        }
        String tag = uploads.put(target, file, bytes, crc32c, onlyIfNew);
        return tag == null ? null : new StoredObject(key, target.toString(), bytes, tag);
    }

    private static S3Address parsed(String address) throws StoreException {
        try {
            return S3Address.parse(address);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    Fault.REFUSED,
                    "%s: %s".formatted(Addresses.readable(address), e.getMessage()),
                    e);
        }
    }

    /** An entity tag without its quotes, which some stores leave out. */
    static String unquoted(@Nullable String tag) {
        return tag == null ? "" : tag.replaceAll("^\"|\"$", "");
    }

    @Override
    public void close() {
        watch.close();
        client.close();
        credentials.close();
    }
}
