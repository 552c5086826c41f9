package imgpipe.codec;

import imgpipe.image.IccProfile;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ICC profile in a JPEG: cut into APP2 segments, each of which begins with {@code
 * ICC_PROFILE\0}, its number from 1 and the number of segments (ICC.1:2022, B.4).
 */
public final class JpegProfile {
    /** A profile larger than this is not read: real ones stay under 4 MB. */
    private static final long LARGEST = 8 << 20;

    private static final byte[] SIGNATURE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX = SIGNATURE.length + 2;
    private static final int LARGEST_CHUNK = 65535 - 2 - PREFIX;
    private static final int MOST_CHUNKS = 255;

    private JpegProfile() {}

    /** Whether an APP2 segment with this content holds a part of a profile. */
    static boolean isChunk(MemorySegment content) {
        return content.byteSize() > PREFIX
                && content.asSlice(0, SIGNATURE.length).mismatch(MemorySegment.ofArray(SIGNATURE))
                        == -1;
    }

    /**
     * Puts a profile together.
     *
     * @param chunks contents of the APP2 segments for which {@link #isChunk} holds, in any order
     * @return null if there is none, a part is missing or there twice, or it is too large
     */
    static @Nullable IccProfile join(List<MemorySegment> chunks) {
        long bytes = chunks.stream().mapToLong(chunk -> chunk.byteSize() - PREFIX).sum();
        if (chunks.isEmpty() || bytes > LARGEST) {
            return null;
        }
        int count = JpegMarkers.u8(chunks.getFirst(), PREFIX - 1);
        if (count != chunks.size()) {
            return null;
        }
        MemorySegment[] inOrder = new MemorySegment[count];
        for (MemorySegment chunk : chunks) {
            int number = JpegMarkers.u8(chunk, PREFIX - 2);
            if (number < 1
                    || number > count
                    || inOrder[number - 1] != null
                    || JpegMarkers.u8(chunk, PREFIX - 1) != count) {
                return null;
            }
            inOrder[number - 1] = chunk;
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream((int) bytes);
        for (MemorySegment chunk : inOrder) {
            profile.writeBytes(chunk.asSlice(PREFIX).toArray(ValueLayout.JAVA_BYTE));
        }
        return new IccProfile(profile.toByteArray());
    }

    /**
     * The same JPEG with a profile, behind its JFIF segment if it has one.
     *
     * @param jpeg a whole file without a profile
     * @throws PictureException if the profile is too large for JPEG
     */
    public static MemorySegment embed(
            MemorySegment jpeg, IccProfile profile, SegmentAllocator allocator)
            throws PictureException {
        byte[] bytes = profile.bytes();
        int chunks = Math.ceilDiv(bytes.length, LARGEST_CHUNK);
        if (chunks > MOST_CHUNKS) {
            throw new PictureException(
                    PictureException.Reason.UNSUPPORTED,
                    "a color profile of "
                            + bytes.length
                            + " bytes does not fit into a JPEG; convert to sRGB");
        }
        long head = 2;
        if (JpegMarkers.u16(jpeg, 2) == (0xFF00 | JpegMarkers.APP0)) {
            head += 2 + JpegMarkers.u16(jpeg, 4);
        }
        MemorySegment result =
                allocator.allocate(jpeg.byteSize() + bytes.length + (4L + PREFIX) * chunks);
        MemorySegment.copy(jpeg, 0, result, 0, head);
        long at = head;
        for (int i = 0; i < chunks; i++) {
            int from = i * LARGEST_CHUNK;
            int length = Math.min(LARGEST_CHUNK, bytes.length - from);
            byte[] prefix = new byte[4 + PREFIX];
            int segment = 2 + PREFIX + length;
            prefix[0] = (byte) 0xFF;
            prefix[1] = (byte) JpegMarkers.APP2;
            prefix[2] = (byte) (segment >> 8);
            prefix[3] = (byte) segment;
            System.arraycopy(SIGNATURE, 0, prefix, 4, SIGNATURE.length);
            prefix[prefix.length - 2] = (byte) (i + 1);
            prefix[prefix.length - 1] = (byte) chunks;
            MemorySegment.copy(prefix, 0, result, ValueLayout.JAVA_BYTE, at, prefix.length);
            at += prefix.length;
            MemorySegment.copy(bytes, from, result, ValueLayout.JAVA_BYTE, at, length);
            at += length;
        }
        MemorySegment.copy(jpeg, head, result, at, jpeg.byteSize() - head);
        return result;
    }
}
