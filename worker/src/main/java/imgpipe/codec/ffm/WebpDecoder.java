package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One WebP to planes: Y, Cb and Cr where the file holds them and nothing else, red, green and blue
 * where it is lossless or has alpha.
 */
final class WebpDecoder {
    private static final int FEATURES = 40;
    private static final int WIDTH = 0;
    private static final int HEIGHT = 4;
    private static final int HAS_ALPHA = 8;
    private static final int FORMAT = 16;
    private static final int LOSSY = 1;

    private final Webp library;
    private final Workspace workspace;

    WebpDecoder(Webp library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    /**
     * Decodes a file of one frame.
     *
     * @param parts of the file
     * @param size that the file's container says
     * @param warnings where faults go if they are forgiven
     */
    Picture decode(List<MemorySegment> parts, Size size, boolean lenient, List<String> warnings)
            throws PictureException {
        MemorySegment webp = joined(parts);
        MemorySegment features = workspace.allocate(FEATURES);
        int status = library.features(webp, features);
        if (status != Webp.VP8_STATUS_OK) {
            throw failure(status);
        }
        // The library writes as many pixels as it says, not as the container says.
        if (features.get(JAVA_INT, WIDTH) != size.width()
                || features.get(JAVA_INT, HEIGHT) != size.height()) {
            throw new PictureException(
                    Reason.CORRUPT, "the picture is not as large as its header says");
        }
        boolean alpha = features.get(JAVA_INT, HAS_ALPHA) != 0;
        if (!alpha && features.get(JAVA_INT, FORMAT) == LOSSY) {
            int width = Math.ceilDiv(size.width(), 2);
            int height = Math.ceilDiv(size.height(), 2);
            Plane luma = Plane.allocate(workspace, size.width(), size.height());
            Plane u = chroma(width, height, size);
            Plane v = chroma(width, height, size);
            if (library.decodeYuv(
                    webp, luma.samples(), luma.stride(), u.samples(), v.samples(), u.stride())) {
                StudioRange.widen(luma, u, v);
                return Picture.of(size, ColorModel.YCC, false, List.of(luma, u, v));
            }
        }
        return packed(webp, size, alpha, lenient, warnings);
    }

    private Plane chroma(int width, int height, Size size) {
        return Plane.allocate(workspace, width, height, size.width() / 2.0, size.height() / 2.0);
    }

    private Picture packed(
            MemorySegment webp, Size size, boolean alpha, boolean lenient, List<String> warnings)
            throws PictureException {
        int channels = alpha ? 4 : 3;
        int stride = Math.multiplyExact(size.width(), channels);
        MemorySegment pixels = workspace.allocate(size.pixels() * channels);
        if (!library.decodePacked(webp, pixels, stride, alpha)) {
            pixels.fill((byte) 0);
            int status = library.decodeStepwise(webp, pixels, stride, alpha);
            if (status != Webp.VP8_STATUS_OK) {
                PictureException failure = failure(status);
                if (!lenient) {
                    throw failure;
                }
                warnings.add(String.valueOf(failure.getMessage()));
            }
        }
        List<Plane> planes =
                PackedPixels.split(
                        pixels, size, channels, false, size.width(), size.height(), workspace);
        return Picture.of(size, ColorModel.RGB, alpha, planes);
    }

    private MemorySegment joined(List<MemorySegment> parts) {
        long total = parts.stream().mapToLong(MemorySegment::byteSize).sum();
        MemorySegment whole = workspace.allocate(total);
        long at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, 0, whole, at, part.byteSize());
            at += part.byteSize();
        }
        return whole;
    }

    private static PictureException failure(int status) {
        return switch (status) {
            case Webp.VP8_STATUS_OUT_OF_MEMORY ->
                    throw new OutOfMemoryError("libwebp has no memory for the picture");
            case Webp.VP8_STATUS_SUSPENDED, Webp.VP8_STATUS_NOT_ENOUGH_DATA ->
                    new PictureException(
                            Reason.TRUNCATED, "the file ends before the WebP's picture does");
            case Webp.VP8_STATUS_UNSUPPORTED_FEATURE ->
                    new PictureException(
                            Reason.UNSUPPORTED, "WebPs of this kind are not read by libwebp");
            default ->
                    new PictureException(
                            Reason.CORRUPT, "the WebP is damaged (libwebp: status " + status + ")");
        };
    }
}
