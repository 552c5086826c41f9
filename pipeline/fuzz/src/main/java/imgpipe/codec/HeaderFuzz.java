package imgpipe.codec;

import imgpipe.image.ImageFormat;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import javax.imageio.ImageIO;

/**
 * Magic bytes, headers and everything else that a file says of itself, in all formats. Nothing is
 * thrown but {@link PictureException}; a header that is read has a size and a frame.
 */
public final class HeaderFuzz {
    private static final Workspace WORKSPACE = new Workspace();
    private static final Codecs CODECS = Codecs.ofThisMachine();

    private HeaderFuzz() {}

    /**
     * Loads the readers: that takes longer than any picture, and would be put down to the first.
     */
    public static void fuzzerInitialize() {
        ImageIO.scanForPlugins();
    }

    /** The bytes are the file; a PNG gets right checksums. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = SealedPng.begins(data) ? SealedPng.of(data) : data;
        WORKSPACE.reset();
        MemorySegment file = WORKSPACE.allocate(content.length);
        MemorySegment.copy(MemorySegment.ofArray(content), 0, file, 0, content.length);
        try {
            ImageFormat format = CODECS.sniff(file);
            Header header = CODECS.header(format, file);
            if (header.size().pixels() < 1 || header.frames() < 1) {
                throw new IllegalStateException("impossible: " + header);
            }
            CODECS.facts(file);
            CODECS.turnTo(format, file, 2);
            CODECS.header(format, file);
        } catch (PictureException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("it does not say what is wrong", e);
            }
        }
    }
}
