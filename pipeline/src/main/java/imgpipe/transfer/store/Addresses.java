package imgpipe.transfer.store;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as text: telling them from names of files, and showing them without their secrets. */
public final class Addresses {
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*", Pattern.DOTALL);

    /** A password may hold an {@code @} as it is: the last one counts. */
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+://)[^/?#]*@");

    private static final Pattern HOST =
            Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+://(?:[^/?#]*@)?([^/?#]*).*", Pattern.DOTALL);

    private Addresses() {}

    /**
     * Host and port, in lower case, of an address of the web; the bucket of one of S3; empty for
     * other text.
     */
    public static String host(String address) {
        Matcher matcher = HOST.matcher(address);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** The scheme in lower case, or nothing for text that is no address. */
    public static Optional<String> scheme(String text) {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches()
                ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /**
     * The address for people and logs: without user, password, query and fragment, any of which may
     * be a secret.
     */
    public static String readable(String address) {
        int end = address.length();
        for (char c : new char[] {'?', '#'}) {
            int place = address.indexOf(c);
            if (place >= 0 && place < end) {
                end = place;
            }
        }
        String shown = USER.matcher(address.substring(0, end)).replaceFirst("$1");
        return end < address.length() ? shown + "?…" : shown;
    }
}
