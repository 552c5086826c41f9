package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a SOFn segment (ITU-T T.81, B.2.2).
 *
 * @param precision bits a sample
 * @param components one, three or four
 */
record JpegFrame(JpegProcess process, int precision, Size size, List<JpegComponent> components) {
    private static final int FIXED_BYTES = 6;
    private static final int COMPONENT_BYTES = 3;
    private static final int LARGEST_FACTOR = 4;

    static JpegFrame of(JpegProcess process, MemorySegment content) throws PictureException {
        if (content.byteSize() < FIXED_BYTES) {
            throw new PictureException(Reason.CORRUPT, "the JPEG's frame header is too short");
        }
        int precision = JpegMarkers.u8(content, 0);
        int height = JpegMarkers.u16(content, 1);
        int width = JpegMarkers.u16(content, 3);
        int count = JpegMarkers.u8(content, 5);
        if (content.byteSize() != FIXED_BYTES + (long) COMPONENT_BYTES * count) {
            throw new PictureException(
                    Reason.CORRUPT,
                    "the JPEG's frame header does not have the length of " + count + " components");
        }
        if (width == 0 || count == 0) {
            throw new PictureException(
                    Reason.CORRUPT,
                    "the JPEG is " + width + " pixels wide, of " + count + " components");
        }
        if (height == 0) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "the JPEG's height is given behind its first scan (DNL)");
        }
        if (count == 2 || count > 4) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "the JPEG has " + count + " components, not 1, 3 or 4");
        }
        List<JpegComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = FIXED_BYTES + (long) COMPONENT_BYTES * i;
            int factors = JpegMarkers.u8(content, at + 1);
            int across = factors >> 4;
            int down = factors & 0x0F;
            if (Math.min(across, down) < 1 || Math.max(across, down) > LARGEST_FACTOR) {
                throw new PictureException(
                        Reason.CORRUPT,
                        "the JPEG has a component with sampling factors " + across + "x" + down);
            }
            components.add(new JpegComponent(JpegMarkers.u8(content, at), across, down));
        }
        return new JpegFrame(process, precision, new Size(width, height), List.copyOf(components));
    }
}
