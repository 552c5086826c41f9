package imgpipe.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Puts the right checksum behind every chunk of a PNG: nobody guesses one. */
final class SealedPng {
    private static final int SIGNATURE = 8;
    private static final int FRAMING = 12;

    private SealedPng() {}

    /** The same file; as far as its lengths lead, every checksum is right. */
    static byte[] of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone());
        long at = SIGNATURE;
        while (at + FRAMING <= file.length) {
            long end = at + 8 + Integer.toUnsignedLong(bytes.getInt((int) at));
            if (end + 4 > file.length) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes.array(), (int) at + 4, (int) (end - at - 4));
            bytes.putInt((int) end, (int) checksum.getValue());
            at = end + 4;
        }
        return bytes.array();
    }

    /** Whether a file is one that begins like a PNG. */
    static boolean begins(byte[] file) {
        return file.length > SIGNATURE && file[0] == (byte) 0x89 && file[1] == 'P';
    }
}
