package imgpipe.cli;

import imgpipe.transfer.store.Addresses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What OUT means.
 *
 * @param folder the folder; of an address, the one on this machine where the ledger of its runs is
 * @param address of a store, ending in a slash, or null
 */
record OutPlace(Path folder, @Nullable String address) {
    private static final Pattern BUCKET =
            Pattern.compile("[sS]3://([a-z0-9][a-z0-9.-]{1,62})(/.*)?", Pattern.DOTALL);

    private static final Pattern PORT = Pattern.compile(":(\\d+)$");

    /**
     * Understands the OUT of a verb, which comes last.
     *
     * @throws UsageException when it cannot be one
     */
    static OutPlace of(Arguments arguments) throws UsageException {
        String text = arguments.operands().getLast();
        Optional<String> scheme = Addresses.scheme(text);
        if (scheme.isPresent()) {
            return switch (scheme.get()) {
                case "s3" ->
                        // Buckets of different services may have one name.
                        remote(
                                bucket("OUT", text),
                                Objects.requireNonNullElse(
                                        NetworkArguments.endpoint(arguments), ""));
                case "http", "https" -> remote(web(text), "");
                default ->
                        throw new UsageException(
                                "OUT "
                                        + Values.quoted(Addresses.readable(text))
                                        + " is an address of a kind that is not written to; s3,"
                                        + " http and https are, and folders");
            };
        }
        Path folder = InputArguments.path("OUT", text);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException(
                    "OUT " + Values.quoted(text) + " is a file; name a folder, new or old");
        }
        return new OutPlace(folder, null);
    }

    /** The address of a bucket or of a prefix in one, as that of a folder. */
    static String bucket(String what, String text) throws UsageException {
        if (!BUCKET.matcher(text).matches()) {
            throw new UsageException(
                    what
                            + " "
                            + Values.quoted(Addresses.readable(text))
                            + " is no address of a bucket; write s3://bucket/prefix/");
        }
        String address = "s3" + text.substring(2);
        return address.endsWith("/") ? address : address + "/";
    }

    private static String web(String text) throws UsageException {
        if (text.indexOf('?') >= 0
                || text.indexOf('#') >= 0
                || Addresses.host(text).isEmpty()
                || hasNoPort(Addresses.host(text))) {
            throw new UsageException(
                    "OUT "
                            + Values.quoted(Addresses.readable(text))
                            + " is no prefix that names can be added to; write one like"
                            + " https://host/folder/, without a query");
        }
        return text.endsWith("/") ? text : text + "/";
    }

    private static boolean hasNoPort(String host) {
        Matcher port = PORT.matcher(host);
        return port.find()
                && (port.group(1).length() > 5 || Integer.parseInt(port.group(1)) > 65_535);
    }

    private static OutPlace remote(String address, String service) throws UsageException {
        String name =
                Addresses.host(address).replaceAll("[^a-z0-9.-]", "_")
                        + "-"
                        + digest(Addresses.readable(address) + " " + service);
        return new OutPlace(stateFolder().resolve("imgpipe").resolve(name), address);
    }

    /** As the XDG Base Directory Specification says. */
    private static Path stateFolder() throws UsageException {
        String state = System.getenv("XDG_STATE_HOME");
        if (state != null && state.startsWith("/")) {
            return Path.of(state);
        }
        // Java's own idea of it is that of the list of users.
        String home =
                Objects.requireNonNullElse(
                        System.getenv("HOME"), System.getProperty("user.home", ""));
        if (!home.startsWith("/")) {
            throw new UsageException(
                    "there is no home folder for what is kept of runs into an address; set"
                            + " XDG_STATE_HOME to a folder");
        }
        return Path.of(home, ".local", "state");
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The folder of ledger, job log and summary unless another one is given. */
    Path jobFolder() {
        return address == null ? folder.resolve(".imgpipe") : folder;
    }
}
