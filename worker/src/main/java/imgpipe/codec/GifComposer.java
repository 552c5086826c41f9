package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Metadata;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a GIF's frames, each a patch on what was there before, into whole pictures. */
final class GifComposer {
    private final GifStructure gif;
    private final Workspace workspace;
    private final Size size;
    private final int[] canvas;
    private final List<List<Plane>> drawn = new ArrayList<>();
    private boolean opaque = true;

    GifComposer(GifStructure gif, Workspace workspace) {
        this.gif = gif;
        this.workspace = workspace;
        this.size = gif.canvas();
        this.canvas = new int[Math.toIntExact(size.pixels())];
    }

    /** Draws the next frame, as far as it was decoded. */
    void add(BufferedImage image, GifRows decoded) {
        GifFrame frame = gif.frames().get(drawn.size());
        int[] before = frame.disposal() == GifFrame.Disposal.RESTORE ? canvas.clone() : canvas;
        draw(image, decoded, frame);
        drawn.add(planes());
        switch (frame.disposal()) {
            case KEEP -> {}
            case CLEAR -> clear(frame);
            case RESTORE -> System.arraycopy(before, 0, canvas, 0, canvas.length);
        }
    }

    /** Everything drawn so far; without alpha if it was opaque throughout. */
    Picture picture() {
        List<Frame> frames = new ArrayList<>();
        for (List<Plane> planes : drawn) {
            int delay = drawn.size() == 1 ? 0 : gif.frames().get(frames.size()).delayMillis();
            frames.add(new Frame(opaque ? planes.subList(0, 3) : planes, delay));
        }
        int loops = frames.size() == 1 ? 0 : gif.loops();
        return new Picture(
                size,
                ColorModel.RGB,
                !opaque,
                frames,
                loops,
                Orientation.UPRIGHT,
                null,
                Metadata.NONE);
    }

    private void draw(BufferedImage image, GifRows decoded, GifFrame frame) {
        IndexColorModel palette = (IndexColorModel) image.getColorModel();
        int[] colors = new int[256];
        Arrays.fill(colors, 0xFF << 24);
        int[] known = new int[palette.getMapSize()];
        palette.getRGBs(known);
        for (int i = 0; i < Math.min(known.length, colors.length); i++) {
            colors[i] = known[i] | (0xFF << 24);
        }
        Raster raster = image.getRaster();
        int columns = Math.min(raster.getWidth(), size.width() - frame.left());
        int rows = Math.min(raster.getHeight(), size.height() - frame.top());
        int[] indices = new int[Math.max(0, columns)];
        for (int y = 0; y < rows && columns > 0; y++) {
            if (!decoded.has(y)) {
                continue;
            }
            raster.getSamples(0, y, columns, 1, 0, indices);
            int at = (frame.top() + y) * size.width() + frame.left();
            for (int x = 0; x < columns; x++) {
                if (indices[x] != frame.transparent()) {
                    canvas[at + x] = colors[indices[x] & 0xFF];
                }
            }
        }
    }

    private void clear(GifFrame frame) {
        int right = Math.min(size.width(), frame.left() + frame.width());
        int bottom = Math.min(size.height(), frame.top() + frame.height());
        for (int y = frame.top(); y < bottom && frame.left() < right; y++) {
            Arrays.fill(canvas, y * size.width() + frame.left(), y * size.width() + right, 0);
        }
    }

    private List<Plane> planes() {
        List<Plane> planes = new ArrayList<>();
        byte[] row = new byte[size.width()];
        int all = 0xFF << 24;
        for (int color : canvas) {
            all &= color;
        }
        opaque &= all == 0xFF << 24;
        for (int shift : new int[] {16, 8, 0, 24}) {
            Plane plane = Plane.allocate(workspace, size.width(), size.height());
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (byte) (canvas[y * row.length + x] >> shift);
                }
                plane.store(y, row);
            }
            planes.add(plane);
        }
        return planes;
    }
}
