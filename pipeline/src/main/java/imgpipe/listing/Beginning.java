package imgpipe.listing;

import imgpipe.transfer.store.Addresses;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Tells by name and first bytes what a list is. */
final class Beginning {
    /** So much is looked at. */
    private static final int HEAD = 1 << 16;

    private Beginning() {}

    /**
     * The content without compression and mark of byte order.
     *
     * @return supports {@link InputStream#mark} for what {@link #rows} looks at
     */
    static InputStream plain(String list, InputStream raw) throws IOException, ListException {
        BufferedInputStream in = new BufferedInputStream(raw, HEAD);
        byte[] magic = peek(in, 2);
        if (magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            in = new BufferedInputStream(new GZIPInputStream(in, HEAD), HEAD);
        }
        byte[] mark = peek(in, 3);
        String hex = java.util.HexFormat.of().formatHex(mark);
        if (hex.equals("efbbbf")) {
            in.skipNBytes(3);
        } else if (hex.startsWith("fffe") || hex.startsWith("feff")) {
            throw new ListException(list + " is UTF-16; save it as UTF-8");
        }
        return in;
    }

    /**
     * Which form it has: by the name's extension, else by the first line.
     *
     * @param in as {@link #plain} gives it
     */
    static Rows rows(String list, Columns columns, InputStream in) throws IOException {
        String name = list.toLowerCase(Locale.ROOT);
        name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "txt" -> new TextRows();
            case "csv" -> new CsvRows(list, columns, separator(firstLine(in)));
            case "tsv", "tab" -> new CsvRows(list, columns, '\t');
            case "json", "jsonl", "ndjson" -> new JsonRows(list, columns);
            default -> byContent(list, columns, firstLine(in));
        };
    }

    private static Rows byContent(String list, Columns columns, String line) {
        if (line.startsWith("{") || line.startsWith("[")) {
            return new JsonRows(list, columns);
        }
        char separator = separator(line);
        if (Addresses.scheme(line).isPresent() || line.startsWith("#")) {
            return new TextRows();
        }
        boolean header =
                line.indexOf(separator) >= 0
                        || Columns.index(List.of(line.replace("\"", "")), columns.address()) >= 0;
        return header ? new CsvRows(list, columns, separator) : new TextRows();
    }

    /** What stands between the fields of a header. */
    private static char separator(String header) {
        for (char separator : new char[] {',', '\t', ';'}) {
            if (header.indexOf(separator) >= 0) {
                return separator;
            }
        }
        return ',';
    }

    /** The first line that is not blank. */
    private static String firstLine(InputStream in) throws IOException {
        String head = new String(peek(in, HEAD), StandardCharsets.UTF_8).strip();
        return head.lines().findFirst().orElse("").strip();
    }

    private static byte[] peek(InputStream in, int most) throws IOException {
        in.mark(most);
        byte[] bytes = in.readNBytes(most);
        in.reset();
        return bytes;
    }
}
