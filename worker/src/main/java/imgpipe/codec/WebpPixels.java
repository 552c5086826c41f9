package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The chunks that the pixels of a WebP need (RFC 9649, section 2). */
final class WebpPixels {
    private static final int ALPHA = 0x10;

    private WebpPixels() {}

    /** The image's own chunks, behind a VP8X only if there is alpha in a chunk of its own. */
    static Optional<MemorySegment> bare(WebpStructure webp, SegmentAllocator allocator)
            throws PictureException {
        if (webp.animation()) {
            // Frames have room for chunks of any kind.
            return Optional.empty();
        }
        MemorySegment image = webp.image();
        if (webp.fault() != null
                || !webp.size().equals(webp.frame())
                || !holdsPixelsOnly(Bytes.littleEndian(image))) {
            return Optional.empty();
        }
        boolean extended = Bytes.littleEndian(image).is(0, "ALPH");
        ByteBuffer head = ByteBuffer.allocate(extended ? 30 : 12).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        head.putInt((int) (head.capacity() - 8 + image.byteSize()));
        head.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        if (extended) {
            head.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(ALPHA);
            for (int side : new int[] {webp.size().width() - 1, webp.size().height() - 1}) {
                head.putShort((short) side).put((byte) (side >> 16));
            }
        }
        return Optional.of(
                Container.joined(List.of(MemorySegment.ofArray(head.array()), image), allocator));
    }

    /** Whether there is one chunk of pixels, behind none but one of alpha. */
    private static boolean holdsPixelsOnly(Bytes image) throws PictureException {
        long at = image.is(0, "ALPH") ? end(image, 0) : 0;
        boolean pixels = image.is(at, "VP8 ") || (at == 0 && image.is(at, "VP8L"));
        return pixels && end(image, at) == image.size();
    }

    private static long end(Bytes image, long at) throws PictureException {
        long length = image.u32(at + 4);
        return at + 8 + length + (length & 1);
    }
}
