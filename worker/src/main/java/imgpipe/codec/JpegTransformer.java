package imgpipe.codec;

import imgpipe.codec.ffm.TurboJpegTransformer;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Optional;

/**
 * Turns and cuts JPEGs without decoding their coefficients, so that nothing is lost. Has no state
 * between calls.
 */
public interface JpegTransformer {
    /** The one that this machine has; empty where the library is not found. */
    static Optional<JpegTransformer> ofThisMachine() {
        return TurboJpegTransformer.load().map(transformer -> transformer);
    }

    /**
     * Whether files of this kind are handled: grey and Y, Cb, Cr of 8 bits. Of arithmetic codes
     * nobody can tell whether the last ones are missing.
     */
    boolean handles(JpegHeader header);

    /**
     * Whether every coefficient of the file can be read, as strictly as when it is decoded.
     *
     * @param warnings takes sentences on harmless faults
     */
    boolean isIntact(
            MemorySegment file,
            JpegHeader header,
            Workspace workspace,
            Collection<String> warnings);

    /**
     * A part of the picture, turned, as a file without metadata or profile; sequential only if the
     * source is and nobody wants otherwise. Empty if that cannot be done exactly, as the part does
     * not begin at a block, or blocks that lie partly outside the picture would come to lie inside;
     * and if the file is damaged.
     *
     * @param left columns of the stored picture on the left of the part
     * @param top rows of the stored picture above it
     * @param part its size, as stored
     * @param warnings takes sentences on harmless faults
     */
    Optional<MemorySegment> transform(
            MemorySegment file,
            JpegHeader header,
            int left,
            int top,
            Size part,
            Orientation turn,
            boolean progressive,
            Workspace workspace,
            Collection<String> warnings);
}
