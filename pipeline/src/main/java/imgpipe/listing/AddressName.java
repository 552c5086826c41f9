package imgpipe.listing;

import imgpipe.listing.SafeName.Named;
import imgpipe.listing.SafeName.Refused;
import imgpipe.transfer.store.Addresses;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a picture that is known by its address alone: host and path, as {@code wget -x} lays
 * them out. Depends on nothing else. Addresses that differ may have one name, which whoever plans
 * outputs has to find out.
 */
public final class AddressName {
    /**
     * Longer segments are cut: a file system takes {@link SafeName#MOST_SEGMENT_BYTES}, and names
     * of results add to those of sources.
     */
    private static final int MOST_BYTES = 200;

    private static final int MOST_EXTENSION_BYTES = 16;

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)*(\\[[^\\]]*\\]|[^:]*)(?::(\\d*))?");

    private static final Pattern FOLDER = Pattern.compile("/\\.{0,2}\\z");

    private AddressName() {}

    /**
     * The name: nothing of user, password, scheme or fragment, and of a query only a fingerprint of
     * what is no secret.
     *
     * @param address {@code http}, {@code https} or {@code s3}; of the last the key is taken as it
     *     stands, without decoding
     */
    public static SafeName of(String address) {
        String scheme = Addresses.scheme(address).orElse("");
        boolean key = scheme.equals("s3");
        String rest = address.substring(scheme.isEmpty() ? 0 : scheme.length() + 3);
        if (!key) {
            rest = before(rest, '#');
        }
        String query = key || rest.indexOf('?') < 0 ? "" : rest.substring(rest.indexOf('?') + 1);
        rest = key ? rest : before(rest, '?');
        Matcher authority = AUTHORITY.matcher(before(rest, '/'));
        if (!authority.matches() || authority.group(1).isEmpty()) {
            return new Refused("the address " + Addresses.readable(address) + " names no host");
        }
        List<String> segments = new ArrayList<>();
        segments.add(host(scheme, authority));
        String path = rest.substring(before(rest, '/').length());
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                if (segments.size() == 1) {
                    return new Refused(
                            "the path of "
                                    + Addresses.readable(address)
                                    + " leads above its root by \"..\"");
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(key ? segment : decoded(segment));
            }
        }
        if (segments.size() == 1 || FOLDER.matcher(path).find()) {
            segments.add("index");
        }
        String print = QueryPrint.of(query);
        if (!print.isEmpty()) {
            segments.add(behindStem(segments.removeLast(), print));
        }
        return safe(String.join("/", segments.stream().map(AddressName::cut).toList()));
    }

    private static SafeName safe(String text) {
        return switch (SafeName.of(text)) {
            case Named named -> named;
            case Refused refused ->
                    new Refused(refused.sentence() + ", which is made of its address");
        };
    }

    private static String before(String text, char end) {
        int place = text.indexOf(end);
        return place < 0 ? text : text.substring(0, place);
    }

    private static String host(String scheme, Matcher authority) {
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        String port = authority.group(2);
        String usual = scheme.equals("https") ? "443" : "80";
        // No colon: it may not stand in a name on Windows.
        return port == null || port.isEmpty() || port.equals(usual) ? host : host + "+" + port;
    }

    /**
     * The segment without percent-encoding, unless that hides a separator or is no UTF-8: then as
     * it is.
     */
    private static String decoded(String segment) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(segment)) {
            return segment;
        }
        try {
            String decoded =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(PercentCode.decode(segment)))
                            .toString();
            return decoded.indexOf('/') < 0 ? decoded : segment;
        } catch (CharacterCodingException e) {
            return segment;
        }
    }

    private static String behindStem(String file, String print) {
        int dot = dot(file);
        return file.substring(0, dot) + "-" + print + file.substring(dot);
    }

    /** Where the extension begins, or the end. */
    private static int dot(String file) {
        int dot = file.lastIndexOf('.');
        return dot > 0 && file.length() - dot <= MOST_EXTENSION_BYTES ? dot : file.length();
    }

    private static String cut(String segment) {
        if (bytes(segment) <= MOST_BYTES) {
            return segment;
        }
        int dot = dot(segment);
        String extension = segment.substring(dot);
        if (bytes(extension) > MOST_EXTENSION_BYTES) {
            extension = "";
        }
        String end = "-" + Digest.digits(segment) + extension;
        int length = 0;
        int room = MOST_BYTES - bytes(end);
        while (room > 0) {
            int point = segment.codePointAt(length);
            room -= bytes(Character.toString(point));
            if (room >= 0) {
                length += Character.charCount(point);
            }
        }
        return segment.substring(0, length) + end;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
