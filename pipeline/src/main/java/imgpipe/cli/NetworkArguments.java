package imgpipe.cli;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.TransferSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the arguments say of threads for I/O and of the network. */
final class NetworkArguments {
    private static final int MOST_TRANSFERS = 1024;

    /** Bytes that wait at most; of this a single picture may take all. */
    private static final long SPOOL = 1L << 30;

    private static final long LEAST_SPOOL = 1 << 20;
    private static final int LARGEST_PORT = 65_535;

    private NetworkArguments() {}

    /**
     * Understands them.
     *
     * @throws UsageException for the first one that cannot be
     */
    static TransferSettings settings(Arguments arguments) throws UsageException {
        Values values = new Values(arguments);
        int transfers = values.number(Opt.TRANSFERS, 16, 1, MOST_TRANSFERS);
        return new TransferSettings(
                transfers,
                values.number(Opt.PER_HOST, transfers, 1, MOST_TRANSFERS),
                values.number(Opt.RETRIES, 3, 0, 100),
                values.time(Opt.TRANSFER_TIMEOUT, Duration.ofMinutes(2), Duration.ofMillis(100)),
                arguments.has(Opt.ALLOW_PRIVATE),
                hosts(arguments),
                endpoint(arguments),
                arguments.has(Opt.S3_PATH_STYLE));
    }

    /** Bytes that the spool may hold. */
    static long spoolBytes(Arguments arguments) throws UsageException {
        return new Values(arguments)
                .bytes(Opt.SPOOL_SIZE, SPOOL, LEAST_SPOOL, "a size from 1m such as 500m or 4g");
    }

    private static Set<String> hosts(Arguments arguments) throws UsageException {
        Set<String> hosts = new HashSet<>();
        Optional<String> list = arguments.value(Opt.ALLOW_HOST);
        for (String typed : list.map(text -> text.split(",", -1)).orElse(new String[0])) {
            String host = typed.strip().toLowerCase(Locale.ROOT);
            if (host.isEmpty() || host.contains("/") || host.matches("[^:\\[]+:\\d+")) {
                throw Values.wrong(
                        Opt.ALLOW_HOST,
                        list.orElse(""),
                        "names of hosts without ports, separated by commas");
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** The S3 service of this option or, as Amazon's tools have it, of the environment. */
    static @Nullable String endpoint(Arguments arguments) throws UsageException {
        String given =
                arguments
                        .value(Opt.S3_ENDPOINT)
                        .or(() -> environment("AWS_ENDPOINT_URL_S3"))
                        .or(() -> environment("AWS_ENDPOINT_URL"))
                        .orElse(null);
        if (given == null) {
            return null;
        }
        String scheme = Addresses.scheme(given).orElse("");
        boolean hasSecrets = !Addresses.readable(given).equals(given);
        if (!(scheme.equals("http") || scheme.equals("https")) || !isUri(given) || hasSecrets) {
            throw Values.wrong(
                    Opt.S3_ENDPOINT,
                    Addresses.readable(given),
                    "an address such as https://s3.example.org, without user or query");
        }
        return given.replaceFirst("/+$", "");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && uri.getPort() <= LARGEST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
