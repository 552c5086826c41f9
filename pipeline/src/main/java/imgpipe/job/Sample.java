package imgpipe.job;

import java.util.ArrayList;
import java.util.List;

/**
 * So many of a stream's elements, spread evenly over it, though its length is not known before its
 * end. Holds at most twice as many: whenever it is full, it drops every other one and from then on
 * takes half as many as before.
 */
final class Sample<T> {
    private final int most;
    private final List<T> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;

    /** An empty sample of at least 1 element. */
    Sample(int most) {
        this.most = most;
    }

    void add(T element) {
        if (seen++ % stride == 0) {
            kept.add(element);
            if (kept.size() == 2 * most) {
                for (int i = 0; i < most; i++) {
                    kept.set(i, kept.get(2 * i));
                }
                kept.subList(most, kept.size()).clear();
                stride *= 2;
            }
        }
    }

    /** How many elements there were. */
    long seen() {
        return seen;
    }

    /** All of them in order if there are no more than wanted, otherwise so many. */
    List<T> elements() {
        int wanted = Math.min(most, kept.size());
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            elements.add(kept.get((int) ((long) i * kept.size() / wanted)));
        }
        return elements;
    }
}
