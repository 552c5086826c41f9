package imgpipe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Results made up for tests, of machines with two cores unless said otherwise. */
final class Results {
    private final List<Figures> figures = new ArrayList<>();
    private int cores = 2;

    Results cores(int number) {
        cores = number;
        return this;
    }

    /** A contender whose laps took so many pictures a second, at 20 ms CPU time each. */
    Results add(Form form, int workers, double... rates) {
        return costing(form, workers, 0.02, 0, rates);
    }

    /** The same with this much CPU time a picture, and part of the time for the collector. */
    Results costing(Form form, int workers, double cpu, double gcShare, double... rates) {
        List<Lap> laps = new ArrayList<>();
        for (double rate : rates) {
            int pictures = (int) Math.round(100 * rate);
            laps.add(new Lap(pictures, 12_000_000L * pictures, 100, pictures * cpu, 100 * gcShare));
        }
        figures.add(
                new Figures(
                        new Contender(form, workers),
                        laps,
                        form == Form.THREADS ? OptionalDouble.empty() : OptionalDouble.of(0.5),
                        form == Form.PROCESSES
                                ? OptionalLong.of(150_000_000L * workers)
                                : OptionalLong.empty()));
        return this;
    }

    Result result() {
        return new Result(
                new Machine("Model <X> & Y", cores, "25.0.3", "Linux 6 amd64", "Copy"),
                100,
                1_200_000_000,
                figures.getFirst().laps().size(),
                figures,
                OptionalLong.of(200_000_000),
                List.of());
    }
}
