package imgpipe.transfer.store;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all stores of a run go by.
 *
 * @param transfers at the same time, at least 1
 * @param perHost of these from or to one host, at least 1
 * @param retries further attempts after one that failed in passing, 0 or more
 * @param timeout for one attempt, from dialling to the last byte
 * @param allowPrivate whether addresses that are not public may be dialled
 * @param allowedHosts names or literals that may be dialled whatever they resolve to, in lower case
 * @param s3Endpoint address of an S3 service other than Amazon's, or null
 * @param s3PathStyle whether the bucket stands in the path, not in the name of the host
 */
public record TransferSettings(
        int transfers,
        int perHost,
        int retries,
        Duration timeout,
        boolean allowPrivate,
        Set<String> allowedHosts,
        @Nullable String s3Endpoint,
        boolean s3PathStyle) {
    public TransferSettings {
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
