package imgpipe.codec;

import imgpipe.image.ImageFormat;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The decoders that are written in Java, with small pictures. Nothing is thrown but {@link
 * PictureException}, and what the strict way accepts the lenient one does too.
 */
public final class DecodeFuzz {
    private static final long MOST_PIXELS = 1 << 18;

    private static final Workspace WORKSPACE = new Workspace();
    private static final Codecs CODECS =
            new Codecs(
                    List.of(
                            new BaselineJpegCodec(),
                            new PngCodec(Optional.empty()),
                            new ImageIoCodec()));

    private DecodeFuzz() {}

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
        ImageFormat format;
        Size size;
        try {
            format = CODECS.sniff(file);
            Header header = CODECS.header(format, file);
            size = header.size();
            if (header.pixels() > MOST_PIXELS) {
                return;
            }
        } catch (PictureException e) {
            return;
        }
        Size floor = new Size((size.width() + 7) / 8, (size.height() + 7) / 8);
        decode(format, file, new DecodeRequest(floor, 100, true, false));
        boolean whole = decode(format, file, new DecodeRequest(null, 100, false, true));
        boolean lenient = decode(format, file, new DecodeRequest(null, 100, true, true));
        if (whole && !lenient) {
            throw new IllegalStateException("strictly it is a picture, leniently it is none");
        }
    }

    private static boolean decode(ImageFormat format, MemorySegment file, DecodeRequest request) {
        Workspace.Mark mark = WORKSPACE.mark();
        try {
            CODECS.decode(format, file, request, WORKSPACE);
            return true;
        } catch (PictureException e) {
            return false;
        } finally {
            WORKSPACE.release(mark);
        }
    }
}
