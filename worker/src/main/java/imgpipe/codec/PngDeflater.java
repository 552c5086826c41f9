package imgpipe.codec;

import imgpipe.codec.ffm.Libdeflate;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A PNG's filtered rows to its zlib stream. */
final class PngDeflater {
    /**
     * Up to so many bytes are deflated at once, which is faster but takes memory for all of them.
     */
    private static final long AT_ONCE = 64L << 20;

    private static final int CHUNK = 256 << 10;

    private final @Nullable Libdeflate library;
    private final MemorySegment rows;
    private final MemorySegment stream;

    PngDeflater(@Nullable Libdeflate library, long bytes, Workspace workspace) {
        this.library = bytes <= AT_ONCE ? library : null;
        rows = workspace.allocate(this.library == null ? 0 : bytes);
        stream = workspace.allocate(this.library == null ? 0 : this.library.bound(bytes));
    }

    /** The stream in parts, valid until the next one is made. */
    List<MemorySegment> deflate(PngPacker packer, PngEffort effort) {
        return library == null
                ? rowByRow(packer, effort.zlib())
                : List.of(atOnce(library, packer, effort.level()));
    }

    private MemorySegment atOnce(Libdeflate library, PngPacker packer, int level) {
        long at = 0;
        while (packer.hasNext()) {
            byte[] row = packer.next();
            MemorySegment.copy(row, 0, rows, ValueLayout.JAVA_BYTE, at, packer.length());
            at += packer.length();
        }
        return stream.asSlice(0, library.deflate(rows, stream, level));
    }

    private static List<MemorySegment> rowByRow(PngPacker packer, int level) {
        List<MemorySegment> parts = new ArrayList<>();
        Deflater deflater = new Deflater(level);
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
            byte[] buffer = new byte[64 << 10];
            while (!deflater.finished()) {
                if (deflater.needsInput()) {
                    if (packer.hasNext()) {
                        byte[] row = packer.next();
                        deflater.setInput(row, 0, packer.length());
                    } else {
                        deflater.finish();
                    }
                }
                body.write(buffer, 0, deflater.deflate(buffer));
                if (body.size() >= CHUNK || deflater.finished()) {
                    parts.add(MemorySegment.ofArray(body.toByteArray()));
                    body.reset();
                }
            }
        } finally {
            deflater.end();
        }
        return parts;
    }
}
