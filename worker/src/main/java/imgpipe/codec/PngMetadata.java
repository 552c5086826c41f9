package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Metadata;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Metadata in a PNG: the chunk eXIf, and XMP in an iTXt of its own keyword (PNG, third edition,
 * 11.3.3.4 and 11.3.4.3; XMP Specification Part 3, section 1.1.5). Other text chunks are not read.
 */
final class PngMetadata {
    private static final String KEYWORD = "XML:com.adobe.xmp\0";
    private static final int SIGNATURE = 8;

    /** Behind signature and IHDR. */
    private static final int PLACE = 33;

    /** A chunk's length, type and checksum. */
    private static final int FRAMING = 12;

    private static final int LARGEST = 8 << 20;

    private PngMetadata() {}

    static Metadata read(MemorySegment file) throws PictureException {
        MemorySegment exif = null;
        MemorySegment xmp = null;
        Bytes bytes = Bytes.bigEndian(file);
        for (long at = SIGNATURE; at + FRAMING <= bytes.size() && !bytes.is(at + 4, "IEND"); ) {
            long length = bytes.u32(at);
            if (bytes.is(at + 4, "eXIf") && exif == null) {
                exif = MetadataPlaces.bareExif(bytes.part(at + 8, length));
            } else if (bytes.is(at + 4, "iTXt") && bytes.is(at + 8, KEYWORD) && xmp == null) {
                xmp = text(bytes.part(at + 8 + KEYWORD.length(), length - KEYWORD.length()));
            }
            at += FRAMING + length;
        }
        return new Metadata(exif, xmp, null);
    }

    /** Behind the keyword: whether compressed, by what, language, translated keyword, text. */
    private static MemorySegment text(MemorySegment content) throws PictureException {
        Bytes bytes = Bytes.bigEndian(content);
        boolean compressed = bytes.u8(0) != 0;
        long text = afterNul(bytes, afterNul(bytes, 2));
        MemorySegment rest = bytes.part(text, bytes.size() - text);
        return compressed ? inflated(rest) : rest;
    }

    private static long afterNul(Bytes bytes, long from) throws PictureException {
        long at = from;
        while (bytes.u8(at) != 0) {
            at++;
        }
        return at + 1;
    }

    private static MemorySegment inflated(MemorySegment compressed) throws PictureException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed.asByteBuffer());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new PictureException(Reason.TRUNCATED, "its compressed XMP is cut short");
                }
                text.write(buffer, 0, count);
                if (text.size() > LARGEST) {
                    throw new PictureException(
                            Reason.LIMIT, "its XMP inflates to more than " + LARGEST + " bytes");
                }
            }
            return MemorySegment.ofArray(text.toByteArray());
        } catch (DataFormatException e) {
            throw new PictureException(Reason.CORRUPT, "its compressed XMP is damaged", e);
        } finally {
            inflater.end();
        }
    }

    static MemorySegment write(MemorySegment png, Metadata metadata, SegmentAllocator allocator) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        add(chunks, "eXIf", metadata.exif());
        // Not compressed, without a language or a translation of the keyword.
        add(chunks, "iTXt" + KEYWORD + "\0\0\0\0", metadata.xmp());
        return MetadataPlaces.insert(png, PLACE, chunks.toByteArray(), allocator);
    }

    private static void add(
            ByteArrayOutputStream chunks, String start, @Nullable MemorySegment block) {
        if (block == null) {
            return;
        }
        byte[] content =
                ByteBuffer.allocate(start.length() + (int) block.byteSize())
                        .put(start.getBytes(StandardCharsets.US_ASCII))
                        .put(block.toArray(ValueLayout.JAVA_BYTE))
                        .array();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        chunks.writeBytes(
                ByteBuffer.allocate(content.length + 8)
                        .putInt(content.length - 4)
                        .put(content)
                        .putInt((int) checksum.getValue())
                        .array());
    }
}
