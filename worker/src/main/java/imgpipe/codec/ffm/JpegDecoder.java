package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import imgpipe.codec.JpegColor;
import imgpipe.codec.JpegHeader;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the library's decompressor, a new one for each picture: it keeps quantization and Huffman
 * tables for the next file, which would then decode differently after another one, and after a
 * fault in a header it goes on there with the next file (2.1.5 does). Making one takes
 * microseconds.
 */
final class JpegDecoder {
    /** Rows for planes are allocated in whole blocks of the largest MCU, and so are columns. */
    private static final int LARGEST_MCU = 32;

    private static final int STRIDE = 64;

    private final TurboJpeg library;
    private final MemorySegment strides = Arena.ofAuto().allocate(JAVA_INT, 3);
    private final MemorySegment pointers = Arena.ofAuto().allocate(ADDRESS, 3);

    JpegDecoder(TurboJpeg library) {
        this.library = library;
    }

    /**
     * Decodes as far as the library can.
     *
     * @param jpeg native memory that nobody writes to meanwhile
     * @param header of the same file
     * @param floor as in {@link imgpipe.codec.DecodeRequest}
     */
    JpegAttempt decode(
            MemorySegment jpeg, JpegHeader header, @Nullable Size floor, Workspace workspace) {
        MemorySegment handle = library.decompressor(JpegBounds.of(header));
        try {
            return decode(handle, jpeg, header, floor, workspace);
        } finally {
            library.destroy(handle);
        }
    }

    private JpegAttempt decode(
            MemorySegment handle,
            MemorySegment jpeg,
            JpegHeader header,
            @Nullable Size floor,
            Workspace workspace) {
        // What the library says of sizes and subsampling, not the header parser, decides how much
        // memory it is given.
        TurboJpeg.Frame frame = library.header(handle, jpeg);
        if (frame.width() < 1 || frame.height() < 1) {
            return new JpegAttempt.Failed(
                    frame.status() == 0 ? "it holds tables only" : library.error(handle));
        }
        Optional<JpegSubsampling> subsampling = JpegSubsampling.ofNumber(frame.subsampling());
        Size size = new Size(frame.width(), frame.height());
        JpegScale scale = JpegScale.smallest(size, floor);
        JpegColor color = header.color();
        if (subsampling.isPresent()) {
            switch (color) {
                case GREY -> {
                    return planes(
                            handle,
                            jpeg,
                            size,
                            scale,
                            subsampling.get(),
                            ColorModel.GREY,
                            workspace);
                }
                case YCC -> {
                    return planes(
                            handle,
                            jpeg,
                            size,
                            scale,
                            subsampling.get(),
                            ColorModel.YCC,
                            workspace);
                }
                case RGB -> {
                    if (subsampling.get() == JpegSubsampling.S444) {
                        return planes(
                                handle,
                                jpeg,
                                size,
                                scale,
                                subsampling.get(),
                                ColorModel.RGB,
                                workspace);
                    }
                }
                case CMYK, YCCK -> {}
            }
        }
        return packed(handle, jpeg, size, scale, header, workspace);
    }

    /** Planes as the file holds them; three components without conversion, whatever they mean. */
    private JpegAttempt planes(
            MemorySegment handle,
            MemorySegment jpeg,
            Size size,
            JpegScale scale,
            JpegSubsampling subsampling,
            ColorModel color,
            Workspace workspace) {
        Size scaled = scale.of(size);
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < subsampling.planes(); i++) {
            double spanX = scale.of(size.width()) / subsampling.across(i);
            double spanY = scale.of(size.height()) / subsampling.down(i);
            int writtenX = library.planeWidth(i, scaled.width(), subsampling);
            int writtenY = library.planeHeight(i, scaled.height(), subsampling);
            int stride = Math.ceilDiv(writtenX + LARGEST_MCU, STRIDE) * STRIDE;
            MemorySegment samples = workspace.allocate((long) stride * (writtenY + LARGEST_MCU));
            pointers.setAtIndex(ADDRESS, i, samples);
            strides.setAtIndex(JAVA_INT, i, stride);
            planes.add(
                    new Plane(
                            samples,
                            (int) Math.ceil(spanX),
                            (int) Math.ceil(spanY),
                            stride,
                            spanX,
                            spanY));
        }
        int status = library.decompressToPlanes(handle, jpeg, pointers, strides, size, scale);
        return attempt(handle, status, () -> Picture.of(size, color, false, planes));
    }

    /** Pixels that the library converts to RGB or CMYK, taken apart into planes. */
    private JpegAttempt packed(
            MemorySegment handle,
            MemorySegment jpeg,
            Size size,
            JpegScale scale,
            JpegHeader header,
            Workspace workspace) {
        boolean inks = header.color() == JpegColor.CMYK || header.color() == JpegColor.YCCK;
        ColorModel color = inks ? ColorModel.CMYK : ColorModel.RGB;
        Size scaled = scale.of(size);
        MemorySegment pixels = workspace.allocate(scaled.pixels() * color.planes());
        int status = library.decompressPacked(handle, jpeg, pixels, size, scale, color);
        return attempt(
                handle,
                status,
                () ->
                        Picture.of(
                                size,
                                color,
                                false,
                                // 255 is no ink, whether Adobe's marker says so or none does.
                                PackedPixels.split(
                                        pixels,
                                        scaled,
                                        color.planes(),
                                        inks,
                                        scale.of(size.width()),
                                        scale.of(size.height()),
                                        workspace)));
    }

    private JpegAttempt attempt(MemorySegment handle, int status, Supplier<Picture> picture) {
        if (status == 0) {
            return new JpegAttempt.Intact(picture.get());
        }
        String complaint = library.error(handle);
        // The library still speaks of a warning when it gave up after one: the text decides.
        return library.wasWarning(handle) && JpegComplaint.isWarning(complaint)
                ? new JpegAttempt.Damaged(picture.get(), complaint)
                : new JpegAttempt.Failed(complaint);
    }
}
