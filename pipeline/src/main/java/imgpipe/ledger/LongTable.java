package imgpipe.ledger;

/** A hash table from a hash to two numbers, by open addressing in one array. */
final class LongTable {
    private static final int SLOT = 3;

    private long[] slots = new long[SLOT * 1024];
    private int size;

    int size() {
        return size;
    }

    /** Sets the numbers of a key. */
    void put(long key, long first, long second) {
        if (4L * (size + 1) * SLOT > 3L * slots.length) {
            grow();
        }
        int slot = find(key);
        if (slots[slot] == 0) {
            size++;
        }
        slots[slot] = nonzero(key);
        slots[slot + 1] = first;
        slots[slot + 2] = second;
    }

    /** Whether the key is there. */
    boolean has(long key) {
        return slots[find(key)] != 0;
    }

    /** Whether the key has exactly these numbers. */
    boolean contains(long key, long first, long second) {
        int slot = find(key);
        return slots[slot] != 0 && slots[slot + 1] == first && slots[slot + 2] == second;
    }

    /** The first number of the key, or {@code otherwise} if it is not there. */
    long first(long key, long otherwise) {
        int slot = find(key);
        return slots[slot] == 0 ? otherwise : slots[slot + 1];
    }

    /** The second number of the key, or {@code otherwise} if it is not there. */
    long second(long key, long otherwise) {
        int slot = find(key);
        return slots[slot] == 0 ? otherwise : slots[slot + 2];
    }

    /** Zero marks a free slot. */
    private static long nonzero(long key) {
        return key == 0 ? 1 : key;
    }

    private int find(long key) {
        long wanted = nonzero(key);
        int capacity = slots.length / SLOT;
        int slot = (int) Long.remainderUnsigned(wanted, capacity);
        while (slots[slot * SLOT] != 0 && slots[slot * SLOT] != wanted) {
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
        return slot * SLOT;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(old.length, 2)];
        size = 0;
        for (int slot = 0; slot < old.length; slot += SLOT) {
            if (old[slot] != 0) {
                put(old[slot], old[slot + 1], old[slot + 2]);
            }
        }
    }
}
