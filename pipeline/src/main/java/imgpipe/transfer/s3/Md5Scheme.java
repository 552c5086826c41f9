package imgpipe.transfer.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Amazon's signatures, but a body whose MD5 is among the signed headers is not hashed by SHA-256 as
 * well. Over an unencrypted connection the SDK would insist on it, which took most of the time of
 * an upload; over an encrypted one it does not itself.
 */
final class Md5Scheme implements AwsV4AuthScheme {
    private final AwsV4AuthScheme usual = AwsV4AuthScheme.create();
    private final Signer signer = new Signer(usual.signer());

    @Override
    public String schemeId() {
        return usual.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return usual.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return signer;
    }

    private record Signer(AwsV4HttpSigner usual) implements AwsV4HttpSigner {
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            ContentStreamProvider body = request.payload().orElse(null);
            if (body == null || request.request().firstMatchingHeader("Content-MD5").isEmpty()) {
                return usual.sign(request);
            }
            return usual.sign(withoutBody(request)).toBuilder().payload(body).build();
        }

        private static <T extends AwsCredentialsIdentity> SignRequest<T> withoutBody(
                SignRequest<T> request) {
            return request.toBuilder().payload(null).build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return usual.signAsync(request);
        }
    }
}
