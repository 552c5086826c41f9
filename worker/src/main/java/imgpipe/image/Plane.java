package imgpipe.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One channel of a picture: rows of unsigned 8-bit samples in off-heap memory.
 *
 * <p>A plane need not have as many samples as its picture has pixels: chroma is often subsampled,
 * and a JPEG decoded at a reduced scale is rounded up to whole samples. {@code spanX} and {@code
 * spanY} say how many samples the picture really covers, so that nothing shifts by a part of a
 * pixel when planes of different sizes are resampled together. A 3001-pixel-wide 4:2:0 picture has
 * chroma planes of width 1501 and {@code spanX} 1500.5.
 *
 * @param samples {@code stride * height} bytes at least; row y begins at {@code y * stride}
 * @param width samples a row, at least 1
 * @param height rows, at least 1
 * @param stride bytes from one row to the next, at least {@code width}
 * @param spanX how many samples the picture's width covers, in (width - 1, width]
 * @param spanY how many samples the picture's height covers, in (height - 1, height]
 */
public record Plane(
        MemorySegment samples, int width, int height, int stride, double spanX, double spanY) {
    public Plane {
        if (width < 1 || height < 1 || stride < width) {
            throw new IllegalArgumentException(
                    "plane of " + width + "x" + height + ", stride " + stride);
        }
        if (samples.byteSize() < (long) stride * (height - 1) + width) {
            throw new IllegalArgumentException(
                    samples.byteSize()
                            + " bytes for "
                            + width
                            + "x"
                            + height
                            + ", stride "
                            + stride);
        }
        if (!(spanX > width - 1 && spanX <= width && spanY > height - 1 && spanY <= height)) {
            throw new IllegalArgumentException(
                    "span " + spanX + "x" + spanY + " of " + width + "x" + height);
        }
    }

    /** A plane that the picture covers to the last sample. */
    public static Plane whole(MemorySegment samples, int width, int height, int stride) {
        return new Plane(samples, width, height, stride, width, height);
    }

    /** A new plane without padding whose samples are whatever the memory held before. */
    public static Plane allocate(Workspace workspace, int width, int height) {
        return whole(workspace.allocate((long) width * height), width, height, width);
    }

    /**
     * The sample at column x of row y, 0 to 255. For tests and small pictures: bounds are checked
     * on each call.
     */
    public int at(int x, int y) {
        return samples.get(ValueLayout.JAVA_BYTE, (long) y * stride + x) & 0xFF;
    }

    /** Sets the sample at column x of row y to the low eight bits of value. */
    public void set(int x, int y, int value) {
        samples.set(ValueLayout.JAVA_BYTE, (long) y * stride + x, (byte) value);
    }

    /** Copies row y into the first {@code width} elements of an array. */
    public void load(int y, byte[] row) {
        MemorySegment.copy(samples, ValueLayout.JAVA_BYTE, (long) y * stride, row, 0, width);
    }

    /** Sets row y to the first {@code width} elements of an array. */
    public void store(int y, byte[] row) {
        MemorySegment.copy(row, 0, samples, ValueLayout.JAVA_BYTE, (long) y * stride, width);
    }

    /** Copies all samples into another plane, the first one to its column left of its row top. */
    public void copyTo(Plane target, int left, int top) {
        if (left < 0 || top < 0 || left + width > target.width || top + height > target.height) {
            throw new IllegalArgumentException(
                    width
                            + "x"
                            + height
                            + " at "
                            + left
                            + ","
                            + top
                            + " of "
                            + target.width
                            + "x"
                            + target.height);
        }
        for (int y = 0; y < height; y++) {
            MemorySegment.copy(
                    samples,
                    (long) y * stride,
                    target.samples,
                    (long) (top + y) * target.stride + left,
                    width);
        }
    }

    /**
     * A new plane that the picture may not cover to its last sample; its samples are whatever the
     * memory held.
     */
    public static Plane allocate(
            Workspace workspace, int width, int height, double spanX, double spanY) {
        return new Plane(
                workspace.allocate((long) width * height), width, height, width, spanX, spanY);
    }

    /**
     * A part of this plane, which shares its samples.
     *
     * @param partSpanX how many of the part's samples its picture's width covers
     * @param partSpanY how many of them its picture's height covers
     */
    public Plane part(
            int left, int top, int columns, int rows, double partSpanX, double partSpanY) {
        MemorySegment part =
                samples.asSlice((long) top * stride + left, (long) (rows - 1) * stride + columns);
        return new Plane(part, columns, rows, stride, partSpanX, partSpanY);
    }

    /** Whether the picture covers every sample. */
    public boolean isWhole() {
        return spanX == width && spanY == height;
    }

    /** Whether every sample is 255. */
    public boolean isFull() {
        byte[] ones = new byte[width];
        Arrays.fill(ones, (byte) 0xFF);
        MemorySegment full = MemorySegment.ofArray(ones);
        for (int y = 0; y < height; y++) {
            long row = (long) y * stride;
            if (MemorySegment.mismatch(samples, row, row + width, full, 0, width) >= 0) {
                return false;
            }
        }
        return true;
    }
}
