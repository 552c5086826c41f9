package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final double EXACTLY = 1e-9;

    @Test
    void dividesByTime() {
        Figures figures = new Results().add(Form.SEQUENTIAL, 1, 40, 50, 25).result().baseline();

        assertThat(figures.rate().median()).isCloseTo(40, within(EXACTLY));
        assertThat(figures.rate().min()).isCloseTo(25, within(EXACTLY));
        assertThat(figures.rate().max()).isCloseTo(50, within(EXACTLY));
        // 12 megapixels a picture.
        assertThat(figures.megapixels()).isCloseTo(480, within(EXACTLY));
        assertThat(figures.cpuPerPicture()).isCloseTo(0.02, within(EXACTLY));
        // 20 ms of the 25 ms that a picture takes.
        assertThat(figures.coresBusy()).isCloseTo(0.8, within(EXACTLY));
    }

    @Test
    void comparesWithinARound() {
        // The machine runs at half its speed in the second round; the ratio does not see it.
        Result result =
                new Results()
                        .add(Form.SEQUENTIAL, 1, 40, 20, 40)
                        .add(Form.THREADS, 2, 76, 38, 76)
                        .result();

        Spread times = result.figures().get(1).timesAsFastAs(result.baseline());

        assertThat(times.median()).isCloseTo(1.9, within(EXACTLY));
        assertThat(times.max() - times.min()).isCloseTo(0, within(EXACTLY));
    }
}
