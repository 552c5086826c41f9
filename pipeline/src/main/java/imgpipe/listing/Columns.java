package imgpipe.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a row of a list things stand.
 *
 * @param address name of the column or field of addresses
 * @param name that of names, or null where names come from addresses
 */
public record Columns(String address, @Nullable String name) {
    /** Addresses in {@code url}, no names. */
    public static final Columns USUAL = new Columns("url", null);

    /** Those that were asked for, each null for the usual. */
    public static Columns of(@Nullable String address, @Nullable String name) {
        return new Columns(address == null ? USUAL.address() : address, name);
    }

    /** The index of a column: by its very name, or else by one that differs in case; or -1. */
    static int index(List<String> header, String wanted) {
        int exact = header.indexOf(wanted);
        if (exact >= 0) {
            return exact;
        }
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Requires that there are such columns.
     *
     * @param list name of the list
     * @param there those it has
     */
    void require(String list, List<String> there) throws ListException {
        for (String wanted : name == null ? List.of(address) : List.of(address, name)) {
            if (index(there, wanted) < 0) {
                throw new ListException(
                        list
                                + " has no column "
                                + Quoted.of(wanted)
                                + "; it has "
                                + String.join(", ", there.stream().map(Quoted::of).toList()));
            }
        }
    }
}
