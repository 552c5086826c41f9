package imgpipe.codec;

import java.util.Arrays;

/**
 * The Huffman codes of a baseline scan's DC differences or AC coefficients (ITU-T T.81, annex C and
 * F.2.2), as look-up tables.
 *
 * <p>A <em>symbol</em> here is a code and the magnitude bits behind it. {@link #symbols} finds one
 * from the bits ahead, {@link #skips} as many whole ones as the bits ahead determine. Entries are
 * numbers whose lowest six bits are a length, so that shifting a long by an entry shifts by its
 * length:
 *
 * <pre>
 *   symbol  | 15 bits advance | 4 bits size | 6 bits length of the code | 6 bits length |   or
 *           | 1 | 31 bits: where the entries for the next six bits begin                |
 *   skip    | 10 bits advance | 6 bits length |
 * </pre>
 *
 * <p>The advance is how many coefficients of the block have passed: zeros and the one that is
 * given. For an end of block it is {@link #END} more, for what is no code {@link #BAD}; then the
 * length is 0. Codes and sizes that no 8-bit picture can have count as none. A DC difference
 * advances by one.
 */
final class HuffmanTable {
    /** Bits that index {@link #symbols}; longer codes take a second look-up. */
    static final int SYMBOL_BITS = 10;

    /** Bits that index {@link #skips}. */
    static final int SKIP_BITS = 12;

    /** Where an entry's advance begins. */
    static final int SYMBOL_ADVANCE = 16;

    static final int SKIP_ADVANCE = 6;

    /** Added to the advance where a block ends. */
    static final int END = 256;

    /** The advance where there is no code, or one that is too long for {@link #skips}. */
    static final int BAD = 512;

    /** Of an entry that is not one, but leads to others. */
    static final int LINK = 1 << 31;

    static final int LONGEST_CODE = 16;
    static final int LINKED_BITS = LONGEST_CODE - SYMBOL_BITS;
    private static final int LINKED_MASK = (1 << LINKED_BITS) - 1;

    /** The largest sizes of 8-bit pictures: T.81, tables F.1 and F.2. */
    private static final int LARGEST_DC = 11;

    private static final int LARGEST_AC = 10;

    /** The largest value of a DC code that any sequential picture may define. */
    private static final int MOST_DC = 15;

    private static final int COEFFICIENTS = 64;
    private static final int LENGTH = 63;
    private static final int ZERO_RUN = 0xF0;

    private final boolean dc;

    /** Room for all codes to be long, each behind a link of its own. */
    private int[] symbols = new int[1 << SYMBOL_BITS];

    private final char[] skips;
    private byte[] definition = new byte[0];
    private boolean valid;

    private HuffmanTable(boolean dc) {
        this.dc = dc;
        skips = new char[dc ? 0 : 1 << SKIP_BITS];
    }

    /** A table of DC differences that is not defined yet. */
    static HuffmanTable ofDc() {
        return new HuffmanTable(true);
    }

    /** A table of AC coefficients that is not defined yet. */
    static HuffmanTable ofAc() {
        return new HuffmanTable(false);
    }

    /** Entries for single symbols, by the next {@link #SYMBOL_BITS} bits. */
    int[] symbols() {
        return symbols;
    }

    /** Entries for runs of whole symbols, by the next {@link #SKIP_BITS} bits; none for DC. */
    char[] skips() {
        return skips;
    }

    /**
     * Makes this the table that a DHT segment defines; costs next to nothing if it is already.
     *
     * @param newDefinition the number of codes of each length from 1 to 16, then their values
     * @return false if these are no prefix codes, or not of DC differences
     */
    boolean define(byte[] newDefinition) {
        if (!Arrays.equals(newDefinition, definition)) {
            definition = newDefinition;
            valid = fillSymbols();
            if (valid && !dc) {
                fillSkips();
            }
        }
        return valid;
    }

    private boolean fillSymbols() {
        Arrays.fill(symbols, 0, 1 << SYMBOL_BITS, BAD << SYMBOL_ADVANCE);
        int used = 1 << SYMBOL_BITS;
        int code = 0;
        int next = LONGEST_CODE;
        for (int length = 1; length <= LONGEST_CODE; length++, code <<= 1) {
            for (int i = 0; i < (definition[length - 1] & 0xFF); i++, code++) {
                int value = definition[next++] & 0xFF;
                if (code >= 1 << length || (dc && value > MOST_DC)) {
                    return false;
                }
                int entry = entry(value, length);
                if (length <= SYMBOL_BITS) {
                    fill(code << (SYMBOL_BITS - length), 1 << (SYMBOL_BITS - length), entry);
                } else {
                    int prefix = code >>> (length - SYMBOL_BITS);
                    if (symbols[prefix] >= 0) {
                        symbols[prefix] = LINK | used;
                        used = linked(used);
                    }
                    int within = (code << (LONGEST_CODE - length)) & LINKED_MASK;
                    fill((symbols[prefix] & ~LINK) + within, 1 << (LONGEST_CODE - length), entry);
                }
            }
        }
        return true;
    }

    private int linked(int from) {
        int to = from + (1 << LINKED_BITS);
        if (to > symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * symbols.length);
        }
        Arrays.fill(symbols, from, to, BAD << SYMBOL_ADVANCE);
        return to;
    }

    private void fill(int from, int count, int entry) {
        Arrays.fill(symbols, from, from + count, entry);
    }

    private int entry(int value, int codeLength) {
        int size = dc ? value : value & 0x0F;
        int advance;
        if (dc) {
            advance = size <= LARGEST_DC ? 1 : BAD;
        } else if (size > 0) {
            advance = size <= LARGEST_AC ? (value >> 4) + 1 : BAD;
        } else {
            advance = value == 0 ? END : value == ZERO_RUN ? 16 : BAD;
        }
        return advance == BAD
                ? BAD << SYMBOL_ADVANCE
                : (advance << SYMBOL_ADVANCE)
                        | (size << 12)
                        | (codeLength << 6)
                        | (codeLength + size);
    }

    /** The last symbol's magnitude need not be among the bits ahead: only its length counts. */
    private void fillSkips() {
        for (int ahead = 0; ahead < skips.length; ahead++) {
            int length = 0;
            int advance = 0;
            while (length < SKIP_BITS && advance < COEFFICIENTS) {
                int entry = symbol((ahead << length) & (skips.length - 1));
                int codeLength = (entry >>> 6) & LENGTH;
                if (codeLength == 0 || length + codeLength > SKIP_BITS) {
                    break;
                }
                length += entry & LENGTH;
                advance += entry >>> SYMBOL_ADVANCE;
            }
            skips[ahead] = (char) (((length == 0 ? BAD : advance) << SKIP_ADVANCE) | length);
        }
    }

    /** The entry for these bits with zeros behind them. */
    private int symbol(int ahead) {
        int entry = symbols[ahead >>> (SKIP_BITS - SYMBOL_BITS)];
        if (entry >= 0) {
            return entry;
        }
        int within = (ahead << (LONGEST_CODE - SKIP_BITS)) & LINKED_MASK;
        return symbols[(entry & ~LINK) + within];
    }
}
