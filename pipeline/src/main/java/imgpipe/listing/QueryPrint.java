package imgpipe.listing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A fingerprint of what an address asks for behind its {@code ?}: without signatures, credentials
 * and times of expiry, which change from day to day and are nobody's business.
 */
final class QueryPrint {
    /** In lower case. */
    private static final Set<String> SECRET =
            Set.of(
                    // Signed addresses of Amazon (version 2, CloudFront), Google and Alibaba.
                    "signature",
                    "expires",
                    "awsaccesskeyid",
                    "key-pair-id",
                    "policy",
                    "hash-algorithm",
                    "googleaccessid",
                    "ossaccesskeyid",
                    "security-token",
                    // Akamai.
                    "hdnts",
                    "hdnea",
                    "__token__",
                    // What else carries a secret.
                    "sig",
                    "sign",
                    "hmac",
                    "token",
                    "access_token",
                    "auth_token",
                    "id_token",
                    "jwt",
                    "auth",
                    "authorization",
                    "key",
                    "api_key",
                    "apikey",
                    "api-key",
                    "access_key",
                    "accesskey",
                    "secret",
                    "client_secret",
                    "password",
                    "passwd",
                    "pwd",
                    "session",
                    "sessionid",
                    "session_id",
                    "expiry");

    /** Of many signed addresses: Amazon (version 4), Google, Alibaba, Tencent. */
    private static final List<String> SECRET_BEGINNINGS =
            List.of("x-amz-", "x-goog-", "x-oss-", "x-cos-", "q-sign", "q-ak", "q-key-time");

    /**
     * A shared access signature of Azure, beside its {@code sig}; without one these short words may
     * mean anything.
     */
    private static final Set<String> AZURE =
            Set.of(
                    "se", "st", "sp", "sv", "sr", "ss", "srt", "spr", "sip", "si", "sdd", "skoid",
                    "sktid", "skt", "ske", "sks", "skv");

    private QueryPrint() {}

    /** Twelve hexadecimal digits, or nothing if the query says nothing that matters. */
    static String of(String query) {
        List<String> parameters = List.of(query.split("&"));
        boolean azure = parameters.stream().anyMatch(each -> key(each).equals("sig"));
        List<String> told = new ArrayList<>();
        for (String parameter : parameters) {
            String key = key(parameter);
            if (!parameter.isEmpty()
                    && !SECRET.contains(key)
                    && SECRET_BEGINNINGS.stream().noneMatch(key::startsWith)
                    && !(azure && AZURE.contains(key))) {
                told.add(parameter);
            }
        }
        return told.isEmpty() ? "" : Digest.digits(String.join("&", told));
    }

    private static String key(String parameter) {
        String key = parameter.split("=", 2)[0];
        try {
            key = URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that begins no code.
        }
        return key.toLowerCase(Locale.ROOT);
    }
}
