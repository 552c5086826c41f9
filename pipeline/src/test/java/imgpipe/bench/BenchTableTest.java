package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTableTest {
    @Test
    void hasALineForEachContender() {
        String text =
                BenchTable.text(
                        new Results()
                                .add(Form.SEQUENTIAL, 1, 40, 50, 40)
                                .costing(Form.THREADS, 1, 0.025, 0.01, 40, 40, 40)
                                .add(Form.PROCESSES, 1, 20, 20, 20)
                                .result());

        assertThat(text.lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .startsWith(
                        "Model <X> & Y, 2 cores, Java 25.0.3, Linux 6 amd64",
                        "100 pictures, 1,200 megapixels; medians of 3 rounds",
                        "",
                        "  images/s  min-max  MP/s  speed-up  efficiency  CPU/image  GC  start-up",
                        "sequential  40  40-50  480  1.00  100 %  20.0 ms  0.0 %  0.50 s",
                        "threads 1  40  40-40  480  1.00  100 %  25.0 ms  1.0 %  -",
                        "processes 1  20  20-20  240  0.50  50 %  20.0 ms  -  0.50 s",
                        "",
                        "Peak memory: 200 MB of this process with its threads, 150 MB of a worker"
                                + " process.");
    }

    @Test
    void breaksLinesBetweenWords() {
        assertThat(BenchTable.wrapped("one two three four", 9)).isEqualTo("one two\nthree\nfour");
        assertThat(BenchTable.wrapped("took 12 % less", 7)).isEqualTo("took\n12 %\nless");
    }
}
