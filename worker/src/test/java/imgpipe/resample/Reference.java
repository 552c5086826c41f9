package imgpipe.resample;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** Filtering by the definition, in double precision: every output looks at every source sample. */
final class Reference {
    private Reference() {}

    /** Rows of results, neither rounded nor clamped. */
    static double[][] filter(RandomCase random, IntBinaryOperator source) {
        double[][] across = weights(random.across());
        double[][] down = weights(random.down());
        double[][] narrow = new double[random.down().in()][across.length];
        for (int y = 0; y < narrow.length; y++) {
            for (int x = 0; x < across.length; x++) {
                for (int j = 0; j < across[x].length; j++) {
                    narrow[y][x] += across[x][j] * source.applyAsInt(j, y);
                }
            }
        }
        double[][] result = new double[down.length][across.length];
        for (int y = 0; y < down.length; y++) {
            for (int x = 0; x < across.length; x++) {
                for (int j = 0; j < narrow.length; j++) {
                    result[y][x] += down[y][j] * narrow[j][x];
                }
            }
        }
        return result;
    }

    private static double[][] weights(RandomCase.Window window) {
        double[][] weights = new double[window.out()][window.in()];
        boolean copy = window.step() == 1 && window.start() == Math.rint(window.start());
        for (int i = 0; i < window.out(); i++) {
            double centre = window.start() + (i + 0.5) * window.step();
            centre = Math.min(Math.max(centre, 0), window.in());
            double sum = 0;
            for (int j = 0; j < window.in(); j++) {
                double distance = (j + 0.5 - centre) / Math.max(1, window.step());
                weights[i][j] = window.kernel().weight(distance);
                sum += weights[i][j];
            }
            for (int j = 0; j < window.in(); j++) {
                weights[i][j] /= sum;
            }
            if (copy) {
                Arrays.fill(weights[i], 0);
                weights[i][(int) Math.min(centre, window.in() - 1)] = 1;
            }
        }
        return weights;
    }
}
