package imgpipe.resample;

import imgpipe.image.Plane;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Makes a few output rows at a time: the source rows under them are turned into floats, one tile of
 * columns after the other; filtered vertically; turned on their side, so that the samples of one
 * column stand together; and filtered horizontally, all rows of the block at once. Only source
 * columns that are used are looked at.
 *
 * <p>Keeps scratch memory from call to call, about 64 bytes for each column of the widest source.
 */
final class BlockResampler implements Resampler {
    private final Lanes lanes;
    private final Scratch color = new Scratch();
    private final Scratch weights = new Scratch();
    private byte[] result = {};
    private float[] light = {};
    private byte[] row = {};

    BlockResampler(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public void resample(Plane source, Taps horizontal, Taps vertical, Plane target) {
        check(source, horizontal, vertical, target);
        if (horizontal.identity() && vertical.identity()) {
            copy(source, horizontal.first(0), vertical.first(0), target);
        } else {
            filter(source, null, horizontal, vertical, target, false);
        }
    }

    @Override
    public void resample(Plane source, Plane weight, Taps horizontal, Taps vertical, Plane target) {
        check(source, horizontal, vertical, target);
        check(source, weight);
        filter(source, weight, horizontal, vertical, target, false);
    }

    @Override
    public void resampleLinear(
            Plane source, @Nullable Plane weight, Taps horizontal, Taps vertical, Plane target) {
        check(source, horizontal, vertical, target);
        if (weight != null) {
            check(source, weight);
        }
        filter(source, weight, horizontal, vertical, target, true);
    }

    private static void check(Plane source, Plane weight) {
        if (weight.width() != source.width() || weight.height() != source.height()) {
            throw new IllegalArgumentException("the weights are not as many as the samples");
        }
    }

    private static void check(Plane source, Taps horizontal, Taps vertical, Plane target) {
        if (horizontal.inputs() != source.width()
                || vertical.inputs() != source.height()
                || horizontal.outputs() != target.width()
                || vertical.outputs() != target.height()) {
            throw new IllegalArgumentException(
                    "%dx%d taps of %dx%d samples for a plane of %dx%d to become %dx%d"
                            .formatted(
                                    horizontal.outputs(),
                                    vertical.outputs(),
                                    horizontal.inputs(),
                                    vertical.inputs(),
                                    source.width(),
                                    source.height(),
                                    target.width(),
                                    target.height()));
        }
    }

    private static void copy(Plane source, int x, int y, Plane target) {
        for (int row = 0; row < target.height(); row++) {
            MemorySegment.copy(
                    source.samples(),
                    (long) (y + row) * source.stride() + x,
                    target.samples(),
                    (long) row * target.stride(),
                    target.width());
        }
    }

    private void filter(
            Plane source,
            @Nullable Plane weight,
            Taps horizontal,
            Taps vertical,
            Plane target,
            boolean linear) {
        int rows = lanes.rows();
        int left = horizontal.begin(0, horizontal.outputs());
        int right = horizontal.end(0, horizontal.outputs());
        // A vector of bytes may be longer than a column is.
        int bytes = target.width() * rows + Long.BYTES;
        if (result.length < bytes) {
            result = new byte[bytes];
        }
        if (row.length < target.width()) {
            row = new byte[target.width()];
        }
        for (int y = 0; y < target.height(); y += rows) {
            int end = Math.min(y + rows, target.height());
            int top = vertical.begin(y, end);
            int height = vertical.end(y, end) - top;
            color.grow(height, right - left, rows);
            weights.grow(weight == null ? 0 : height, right - left, rows);
            for (int x = left; x < right; x += Lanes.COLUMNS) {
                int width = Math.min(Lanes.COLUMNS, right - x);
                if (linear) {
                    loadLight(source, x, top, width, height, color.tile);
                } else {
                    load(source, x, top, width, height, color.tile);
                }
                if (weight != null) {
                    load(weight, x, top, width, height, weights.tile);
                    lanes.multiply(color.tile, weights.tile, height);
                    vertical(vertical, top, y, end, weights, (x - left) * rows);
                }
                vertical(vertical, top, y, end, color, (x - left) * rows);
            }
            if (linear) {
                horizontalLight(weight, left, horizontal);
            } else if (weight == null) {
                lanes.horizontal(color.block, left, horizontal, result);
            } else {
                lanes.horizontal(color.block, weights.block, left, horizontal, result);
            }
            store(rows, y, end, target);
        }
    }

    private void load(Plane plane, int x, int y, int width, int height, float[] tile) {
        long offset = (long) y * plane.stride() + x;
        lanes.load(plane.samples(), offset, plane.stride(), height, width, tile);
    }

    private void loadLight(Plane plane, int x, int y, int width, int height, float[] tile) {
        long offset = (long) y * plane.stride() + x;
        lanes.load(
                plane.samples(),
                offset,
                plane.stride(),
                height,
                width,
                LinearLight.OF_SAMPLE,
                tile);
    }

    private void horizontalLight(@Nullable Plane weight, int left, Taps taps) {
        int floats = taps.outputs() * lanes.rows();
        if (light.length < floats) {
            light = new float[floats];
        }
        if (weight == null) {
            lanes.horizontal(color.block, left, taps, light);
        } else {
            lanes.horizontal(color.block, weights.block, left, taps, light);
        }
        for (int i = 0; i < floats; i++) {
            result[i] = LinearLight.sample(light[i]);
        }
    }

    private void vertical(Taps taps, int top, int y, int end, Scratch scratch, int at) {
        lanes.vertical(scratch.tile, top, taps, y, end, scratch.filtered, scratch.block, at);
    }

    private void store(int rows, int y, int end, Plane target) {
        int width = target.width();
        for (int r = y; r < end; r++) {
            for (int x = 0, from = r - y; x < width; x++, from += rows) {
                row[x] = result[from];
            }
            target.store(r, row);
        }
    }

    private static final class Scratch {
        private float[] tile = {};
        private float[] filtered = {};
        private float[] block = {};

        void grow(int height, int width, int rows) {
            if (height == 0) {
                return;
            }
            if (tile.length < height * Lanes.COLUMNS) {
                tile = new float[height * Lanes.COLUMNS];
            }
            if (filtered.length < rows * Lanes.COLUMNS) {
                filtered = new float[rows * Lanes.COLUMNS];
            }
            if (block.length < (width + Lanes.COLUMNS) * rows) {
                block = new float[(width + Lanes.COLUMNS) * rows];
            }
        }
    }
}
