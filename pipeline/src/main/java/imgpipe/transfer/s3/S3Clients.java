package imgpipe.transfer.s3;

import imgpipe.transfer.store.TransferSettings;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Sets the SDK up so that one call is one attempt, in bounded time. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A listing goes on while all transfers wait for room, and so does what takes parts back. */
    private static final int BESIDE = 2;

    private S3Clients() {}

    /** A client that leaves further attempts, and checksums of contents, to its caller. */
    static S3Client of(TransferSettings settings, Credentials credentials) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .credentialsProvider(credentials)
                        .forcePathStyle(settings.s3PathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        // Other stores do not know Amazon's way of sending in signed chunks.
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .overrideConfiguration(
                                each ->
                                        each.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .apiCallAttemptTimeout(settings.timeout()))
                        .httpClientBuilder(
                                Apache5HttpClient.builder()
                                        .maxConnections(settings.transfers() + BESIDE)
                                        .connectionAcquisitionTimeout(settings.timeout())
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(SILENCE));
        String endpoint = settings.s3Endpoint();
        if (endpoint == null) {
            // Whatever the region that is configured, a bucket is found in its own.
            return builder.region(region(new DefaultAwsRegionProviderChain()))
                    .crossRegionAccessEnabled(true)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
                    .build();
        }
        // The chain ends with a question to Amazon's machines, which this is none of.
        AwsRegionProvider chain =
                new AwsRegionProviderChain(
                        new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
        return builder.region(region(chain))
                .putAuthScheme(new Md5Scheme())
                .endpointOverride(URI.create(endpoint))
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    private static Region region(AwsRegionProvider chain) {
        try {
            Region found = chain.getRegion();
            return found == null ? Region.US_EAST_1 : found;
        } catch (SdkClientException none) {
            return Region.US_EAST_1;
        }
    }
}
