package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One compressor of the library. */
final class JpegEncoder implements AutoCloseable {
    /** JPEG_MAX_DIMENSION of {@code jmorecfg.h}, a little less than the format's 65535. */
    private static final int LONGEST_SIDE = 65500;

    private final TurboJpeg library;
    private final MemorySegment handle;
    private final MemorySegment strides = Arena.ofAuto().allocate(JAVA_INT, 3);
    private final MemorySegment pointers = Arena.ofAuto().allocate(ADDRESS, 3);
    private final MemorySegment result = Arena.ofAuto().allocate(ADDRESS);
    private final MemorySegment resultSize = Arena.ofAuto().allocate(JAVA_LONG);

    JpegEncoder(TurboJpeg library) {
        this.library = library;
        handle = library.compressor();
    }

    /** Encodes the first frame, without its profile. */
    MemorySegment encode(Picture picture, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        JpegSubsampling subsampling =
                switch (picture.color()) {
                    case GREY -> JpegSubsampling.GREY;
                    case YCC -> JpegSubsampling.of(settings.chroma());
                    case RGB, CMYK ->
                            throw new IllegalArgumentException(
                                    "a JPEG is written from " + ColorModel.YCC + " or grey planes");
                };
        Size size = picture.size();
        if (Math.max(size.width(), size.height()) > LONGEST_SIDE) {
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "a JPEG of "
                            + size
                            + " pixels cannot be written, only up to "
                            + LONGEST_SIDE
                            + " a side");
        }
        for (int i = 0; i < subsampling.planes(); i++) {
            Plane plane = readable(picture.planes().get(i), i, size, subsampling, workspace);
            pointers.setAtIndex(ADDRESS, i, plane.samples());
            strides.setAtIndex(JAVA_INT, i, plane.stride());
        }
        MemorySegment jpeg = workspace.allocate(library.bufferSize(size, subsampling));
        result.set(ADDRESS, 0, jpeg);
        resultSize.set(JAVA_LONG, 0, jpeg.byteSize());
        int status =
                library.compress(
                        handle, pointers, strides, size, subsampling, result, resultSize, settings);
        if (status != 0) {
            String complaint = library.error(handle);
            JpegComplaint.throwIfOutOfMemory(complaint);
            throw new PictureException(
                    Reason.UNSUPPORTED, "libjpeg-turbo cannot write the JPEG: " + complaint);
        }
        return jpeg.asSlice(0, resultSize.get(JAVA_LONG, 0));
    }

    /**
     * The plane itself, or a copy with its last column and row repeated where the library reads
     * more: it rounds the luma plane up to whole chroma samples.
     */
    private Plane readable(
            Plane plane,
            int component,
            Size size,
            JpegSubsampling subsampling,
            Workspace workspace) {
        int width = Math.ceilDiv(size.width(), subsampling.across(component));
        int height = Math.ceilDiv(size.height(), subsampling.down(component));
        if (plane.width() != width || plane.height() != height) {
            throw new IllegalArgumentException(
                    "plane %d of %dx%d where %s needs %dx%d"
                            .formatted(
                                    component,
                                    plane.width(),
                                    plane.height(),
                                    subsampling,
                                    width,
                                    height));
        }
        int readX = library.planeWidth(component, size.width(), subsampling);
        int readY = library.planeHeight(component, size.height(), subsampling);
        if (readX == width && readY == height) {
            return plane;
        }
        Plane padded = Plane.allocate(workspace, readX, readY);
        for (int y = 0; y < readY; y++) {
            long from = (long) plane.stride() * Math.min(y, height - 1);
            long to = (long) readX * y;
            MemorySegment.copy(plane.samples(), from, padded.samples(), to, width);
            byte last = plane.samples().get(JAVA_BYTE, from + width - 1);
            padded.samples().asSlice(to + width, readX - width).fill(last);
        }
        return padded;
    }

    @Override
    public void close() {
        library.destroy(handle);
    }
}
