package imgpipe.listing;

/**
 * A set of hashes of 64 bits in 11 to 27 bytes each: open addressing, at most three quarters full.
 */
final class HashSet64 {
    private long[] table = new long[1024];
    private int size;
    private boolean zero;

    /** Adds the hash; false if it was there. */
    boolean add(long hash) {
        if (hash == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if (!put(table, hash)) {
            return false;
        }
        size++;
        if (size > table.length / 4 * 3) {
            long[] larger = new long[table.length * 2];
            for (long each : table) {
                if (each != 0) {
                    put(larger, each);
                }
            }
            table = larger;
        }
        return true;
    }

    private static boolean put(long[] table, long hash) {
        int mask = table.length - 1;
        int place = (int) hash & mask;
        while (table[place] != 0) {
            if (table[place] == hash) {
                return false;
            }
            place = (place + 1) & mask;
        }
        table[place] = hash;
        return true;
    }
}
