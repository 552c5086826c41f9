package imgpipe.codec;

import imgpipe.image.ImageFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import javax.imageio.ImageReader;

/** What is done with an open reader. */
interface Reading<T> {
    T read(ImageReader reader) throws IOException, PictureException;

    /** Opens a reader, and makes whatever it throws a {@link PictureException}. */
    static <T> T of(ImageFormat format, List<MemorySegment> parts, Damage damage, Reading<T> work)
            throws PictureException {
        try (SegmentImageInputStream stream = new SegmentImageInputStream(parts)) {
            ImageReader reader = Plugins.reader(format, Bytes.bigEndian(parts.getFirst()));
            try {
                reader.addIIOReadWarningListener(damage);
                reader.setInput(stream, false, true);
                return work.read(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw Damage.explain(e);
        }
    }

    /** Index of the largest picture among an icon's; of a document the first page counts. */
    static int largest(ImageFormat format, ImageReader reader) throws IOException {
        if (format != ImageFormat.ICO && format != ImageFormat.ICNS) {
            return 0;
        }
        int best = 0;
        long most = 0;
        for (int i = 0; i < reader.getNumImages(true); i++) {
            long pixels = (long) reader.getWidth(i) * reader.getHeight(i);
            if (pixels >= most) {
                best = i;
                most = pixels;
            }
        }
        return best;
    }
}
