package imgpipe.transfer.s3;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a run. When none are found the places are not searched again for each object:
 * the last of them is an address of Amazon's machines, which elsewhere takes seconds not to answer.
 */
final class Credentials implements AwsCredentialsProvider, AutoCloseable {
    private final AwsCredentialsProvider places;
    private final AtomicReference<@Nullable MissingException> missing = new AtomicReference<>();

    Credentials(AwsCredentialsProvider places) {
        this.places = places;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        MissingException known = missing.get();
        if (known != null) {
            throw known;
        }
        try {
            return places.resolveCredentials();
        } catch (SdkException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            MissingException found = new MissingException(e);
            missing.set(found);
            throw found;
        }
    }

    @Override
    public void close() {
        if (places instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    /** There are none. */
    static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingException(SdkException cause) {
            super("no credentials", cause);
        }
    }
}
