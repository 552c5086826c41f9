package imgpipe.codec;

import imgpipe.image.IccProfile;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** An ICC profile in a PNG: the chunk iCCP (ISO/IEC 15948, 11.3.3.3). */
final class PngProfile {
    /** Behind signature and IHDR. */
    private static final int PLACE = 33;

    private PngProfile() {}

    /** The same PNG, which has none yet, with a profile. */
    static MemorySegment embed(MemorySegment png, IccProfile profile, SegmentAllocator allocator) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("iCCPICC\0\0".getBytes(StandardCharsets.US_ASCII));
        Deflater deflater = new Deflater();
        deflater.setInput(profile.bytes());
        deflater.finish();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            body.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        byte[] content = body.toByteArray();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        byte[] chunk =
                ByteBuffer.allocate(content.length + 8)
                        .putInt(content.length - 4)
                        .put(content)
                        .putInt((int) checksum.getValue())
                        .array();
        MemorySegment result = allocator.allocate(png.byteSize() + chunk.length);
        long rest = png.byteSize() - PLACE;
        MemorySegment.copy(png, 0, result, 0, PLACE);
        MemorySegment.copy(MemorySegment.ofArray(chunk), 0, result, PLACE, chunk.length);
        MemorySegment.copy(png, PLACE, result, PLACE + chunk.length, rest);
        return result;
    }
}
