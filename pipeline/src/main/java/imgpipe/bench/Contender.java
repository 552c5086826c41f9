package imgpipe.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the comparison.
 *
 * @param workers pictures worked on at the same time, at least 1; of the plain loop, 1
 */
public record Contender(Form form, int workers) {
    /** Up to so many workers each number is tried. */
    private static final int EACH = 8;

    public Contender {
        if (workers < 1 || (form == Form.SEQUENTIAL && workers != 1)) {
            throw new IllegalArgumentException(form + " cannot have " + workers + " workers");
        }
    }

    /**
     * The plain loop, then threads, then processes: 1 to {@code most} of each; above 8 only powers
     * of two, and {@code most}.
     */
    public static List<Contender> lineUp(int most) {
        List<Contender> all = new ArrayList<>();
        all.add(new Contender(Form.SEQUENTIAL, 1));
        for (Form form : new Form[] {Form.THREADS, Form.PROCESSES}) {
            for (int workers = 1; workers < most; workers += most <= EACH ? 1 : workers) {
                all.add(new Contender(form, workers));
            }
            all.add(new Contender(form, most));
        }
        return all;
    }

    /** As in a table: {@code sequential}, {@code threads 2}. */
    @Override
    public String toString() {
        return form == Form.SEQUENTIAL ? form.toString() : form + " " + workers;
    }
}
