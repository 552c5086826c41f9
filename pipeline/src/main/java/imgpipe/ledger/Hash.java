package imgpipe.ledger;

/** 64-bit hashes for tables whose keys nobody chooses in order to make them collide. */
public final class Hash {
    private Hash() {}

    /** A hash of a text; two texts have the same one with a chance of 1 in 2^64. */
    public static long of(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    /**
     * A hash of a hash and one more number: the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA
     * 2014).
     */
    static long mix(long hash, long value) {
        long z = hash * 0x9E3779B97F4A7C15L + value + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
