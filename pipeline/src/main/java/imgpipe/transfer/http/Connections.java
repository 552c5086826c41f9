package imgpipe.transfer.http;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client with all that it does by itself switched off, except keeping connections: what is
 * tried again, where redirects lead, what is dialled and what is sent along is decided elsewhere.
 */
final class Connections {
    /** A server may send headers without end. */
    private static final Http1Config HEADERS =
            Http1Config.custom().setMaxHeaderCount(200).setMaxLineLength(64 << 10).build();

    /** Kept no longer than most servers keep them. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    private Connections() {}

    /** A client of at most so many connections. */
    static CloseableHttpClient open(
            int connections, Limits limits, AddressGuard guard, Resolver resolver) {
        return HttpClients.custom()
                .setConnectionManager(pool(connections, limits, guard, resolver))
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(timeout(limits.total()))
                                .setResponseTimeout(timeout(limits.silence()))
                                .setDefaultKeepAlive(IDLE.getDuration(), IDLE.getTimeUnit())
                                .setProtocolUpgradeEnabled(false)
                                .setAuthenticationEnabled(false)
                                .build())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setUserAgent("imgpipe")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .evictIdleConnections(IDLE)
                .build();
    }

    private static PoolingHttpClientConnectionManager pool(
            int connections, Limits limits, AddressGuard guard, Resolver resolver) {
        HttpClientConnectionOperator operator =
                new DefaultHttpClientConnectionOperator(
                        _ -> new GuardedSocket(guard),
                        null,
                        new HostAddresses(resolver),
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register(
                                        URIScheme.HTTPS.id,
                                        DefaultClientTlsStrategy.createDefault())
                                .build());
        PoolingHttpClientConnectionManagerBuilder builder =
                new PoolingHttpClientConnectionManagerBuilder() {
                    @Override
                    protected HttpClientConnectionOperator createConnectionOperator(
                            org.apache.hc.client5.http.SchemePortResolver ports,
                            org.apache.hc.client5.http.DnsResolver names,
                            TlsSocketStrategy encryption) {
                        return operator;
                    }
                };
        return builder.setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder().http1Config(HEADERS).build())
                .setDefaultSocketConfig(
                        SocketConfig.custom()
                                .setSoTimeout(timeout(limits.silence()))
                                .setTcpNoDelay(true)
                                .build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(timeout(limits.connect()))
                                .setSocketTimeout(timeout(limits.silence()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }
}
