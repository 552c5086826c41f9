package imgpipe.codec;

import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.util.Arrays;

/**
 * Takes an animation apart into what each frame changes on the canvas. Frames are compared before
 * their colors are reduced, so that what stands still is drawn once and does not flicker.
 */
final class GifPatches {
    /** Pixels of less alpha are transparent. */
    private static final int OPAQUE_FROM = 128;

    /** Where fewer pixels than one in so many stand still, holes cost more than they save. */
    private static final int FEW = 10;

    private final Picture picture;
    private final int width;

    /** What is on the canvas before the next frame is drawn. */
    private final int[] canvas;

    private int[] coming;
    private int index;

    GifPatches(Picture picture) {
        this.picture = picture;
        width = picture.size().width();
        canvas = new int[Math.toIntExact(picture.size().pixels())];
        coming = pixels(0);
    }

    /** The patch of the next frame; the first one is the whole canvas. */
    GifPatch next() {
        int[] frame = coming;
        boolean first = index == 0;
        // Behind the last frame comes the first one again.
        index = (index + 1) % picture.frames().size();
        coming = picture.frames().size() == 1 ? frame : pixels(index);
        int left = width;
        int right = 0;
        int top = -1;
        int bottom = 0;
        boolean clears = false;
        for (int at = 0; at < frame.length; at++) {
            // Only clearing makes a place transparent, and a frame can clear its own place alone.
            boolean vanishes = frame[at] != 0 && coming[at] == 0;
            if (frame[at] != canvas[at] || vanishes || first) {
                int x = at % width;
                left = Math.min(left, x);
                right = Math.max(right, x + 1);
                bottom = at / width + 1;
                top = top < 0 ? bottom - 1 : top;
                clears |= vanishes;
            }
        }
        if (top < 0) {
            return new GifPatch(0, 0, new Size(1, 1), new int[1], false);
        }
        Size size = new Size(right - left, bottom - top);
        int[] pixels = patch(frame, left, top, size);
        System.arraycopy(frame, 0, canvas, 0, frame.length);
        for (int y = top; y < bottom && clears; y++) {
            Arrays.fill(canvas, y * width + left, y * width + right, 0);
        }
        return new GifPatch(left, top, size, pixels, clears);
    }

    private int[] patch(int[] frame, int left, int top, Size size) {
        int[] all = new int[Math.toIntExact(size.pixels())];
        int[] changed = new int[all.length];
        int still = 0;
        for (int i = 0; i < all.length; i++) {
            int at = (top + i / size.width()) * width + left + i % size.width();
            all[i] = frame[at];
            changed[i] = frame[at] == canvas[at] ? 0 : frame[at];
            still += frame[at] == canvas[at] ? 1 : 0;
        }
        return (long) still * FEW < all.length ? all : changed;
    }

    private int[] pixels(int frame) {
        int[] pixels =
                ArgbPixels.of(
                        picture.size(), picture.frames().get(frame).planes(), picture.alpha());
        Arrays.setAll(
                pixels, i -> pixels[i] >>> 24 < OPAQUE_FROM ? 0 : pixels[i] | ArgbPixels.OPAQUE);
        return pixels;
    }
}
