package imgpipe.codec;

import imgpipe.image.IccProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** An ICC profile in a WebP: the chunk ICCP, before the pixels (RFC 9649, section 2.7.1.4). */
public final class WebpProfile {
    private WebpProfile() {}

    /**
     * The same WebP with a profile.
     *
     * @param webp a whole file without a profile
     */
    public static MemorySegment embed(
            MemorySegment webp, IccProfile profile, SegmentAllocator allocator)
            throws PictureException {
        byte[] chunk = WebpContainer.chunk("ICCP", MemorySegment.ofArray(profile.bytes()));
        return WebpContainer.with(webp, WebpContainer.PROFILE, chunk, new byte[0], allocator);
    }
}
