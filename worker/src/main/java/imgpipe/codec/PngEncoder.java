package imgpipe.codec;

import imgpipe.codec.ffm.Libdeflate;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Planes to one PNG, without interlacing. */
final class PngEncoder {
    /**
     * Up to so many bytes are deflated at once, which is faster but takes memory for all of them.
     */
    private static final long AT_ONCE = 64L << 20;

    private static final int CHUNK = 256 << 10;

    private final @Nullable Libdeflate library;
    private final Workspace workspace;

    PngEncoder(@Nullable Libdeflate library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    MemorySegment encode(Picture picture) {
        PngPacker packer = new PngPacker(picture);
        long bytes = (long) packer.length() * picture.size().height();
        PngChunks chunks = new PngChunks();
        chunks.add("IHDR", header(picture));
        if (library != null && bytes <= AT_ONCE) {
            chunks.add("IDAT", deflated(library, packer, bytes));
        } else {
            deflate(packer, chunks);
        }
        chunks.add("IEND", MemorySegment.ofArray(new byte[0]));
        return chunks.joined(workspace);
    }

    private static MemorySegment header(Picture picture) {
        int type =
                switch (picture.planes().size()) {
                    case 1 -> PngLayout.GREY;
                    case 2 -> PngLayout.GREY_ALPHA;
                    case 3 -> PngLayout.RGB;
                    default -> PngLayout.RGB_ALPHA;
                };
        byte[] header = new byte[13];
        ByteBuffer.wrap(header)
                .putInt(picture.size().width())
                .putInt(picture.size().height())
                .put((byte) 8)
                .put((byte) type);
        return MemorySegment.ofArray(header);
    }

    private MemorySegment deflated(Libdeflate library, PngPacker packer, long bytes) {
        MemorySegment rows = workspace.allocate(bytes);
        int length = packer.length();
        for (long at = 0; at < bytes; at += length) {
            MemorySegment.copy(packer.next(), 0, rows, ValueLayout.JAVA_BYTE, at, length);
        }
        MemorySegment stream = workspace.allocate(library.bound(bytes));
        return stream.asSlice(0, library.deflate(rows, stream));
    }

    private static void deflate(PngPacker packer, PngChunks chunks) {
        Deflater deflater = new Deflater(PngCodec.ZLIB_LEVEL);
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
            byte[] buffer = new byte[64 << 10];
            while (!deflater.finished()) {
                if (deflater.needsInput()) {
                    if (packer.hasNext()) {
                        deflater.setInput(packer.next(), 0, packer.length());
                    } else {
                        deflater.finish();
                    }
                }
                body.write(buffer, 0, deflater.deflate(buffer));
                if (body.size() >= CHUNK || deflater.finished()) {
                    chunks.add("IDAT", MemorySegment.ofArray(body.toByteArray()));
                    body.reset();
                }
            }
        } finally {
            deflater.end();
        }
    }
}
