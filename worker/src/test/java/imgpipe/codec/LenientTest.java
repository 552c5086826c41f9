package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a damaged file is kept when that is asked for, and what it fails with otherwise. */
class LenientTest {
    private static final DecodeRequest LENIENT = new DecodeRequest(null, 10, true, false);

    private final Workspace workspace = new Workspace();
    private final Codecs codecs = Codecs.ofThisMachine();

    @AfterEach
    void close() {
        codecs.close();
        workspace.close();
    }

    private Decoded decode(byte[] file, DecodeRequest request) throws PictureException {
        MemorySegment segment = MemorySegment.ofArray(file);
        ImageFormat format = codecs.sniff(segment);
        codecs.header(format, segment);
        return codecs.decode(format, segment, request, workspace);
    }

    private void assertFails(byte[] file, Reason reason) {
        assertThatThrownBy(() -> decode(file, DecodeRequest.WHOLE))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void assertRows(Picture part, Picture whole, int rows) {
        for (int band = 0; band < 3; band++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < whole.size().width(); x++) {
                    assertThat(part.planes().get(band).at(x, y))
                            .as("band %d at %d, %d", band, x, y)
                            .isEqualTo(whole.planes().get(band).at(x, y));
                }
            }
        }
    }

    @Test
    void keepsTheFirstRowsOfACutGif() throws Exception {
        byte[] file = Fixtures.file(ImageFormat.GIF);
        Picture whole = decode(file, DecodeRequest.WHOLE).picture();
        byte[] cut = Arrays.copyOf(file, (800 + file.length) / 2);

        assertFails(cut, Reason.TRUNCATED);
        Decoded decoded = decode(cut, LENIENT);

        assertThat(decoded.warnings()).isNotEmpty();
        // Of half the data, behind a palette, a third of the rows is there in any case.
        assertRows(decoded.picture(), whole, whole.size().height() / 3);
    }

    @Test
    void readsOnBehindAWrongChecksum() throws Exception {
        byte[] file = Fixtures.file(ImageFormat.PNG);
        Picture whole = decode(file, DecodeRequest.WHOLE).picture();
        file[file.length - 13] ^= 1; // of IDAT, before IEND

        assertFails(file, Reason.CORRUPT);
        Decoded decoded = decode(file, LENIENT);

        assertThat(decoded.warnings()).hasSize(1);
        assertRows(decoded.picture(), whole, whole.size().height());
    }

    @Test
    void saysThatATiffEndsBeforeItsDirectory() {
        ByteBuffer head = ByteBuffer.allocate(500).order(ByteOrder.LITTLE_ENDIAN);
        head.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(4000);
        assertFails(head.array(), Reason.TRUNCATED);
    }

    /** The reader fills the rest of a pixel with what it had before. */
    @Test
    void noticesATgaThatEndsWithinAPixel() throws Exception {
        ByteBuffer file = ByteBuffer.allocate(18 + 1 + 20 * 3).order(ByteOrder.LITTLE_ENDIAN);
        file.put(2, (byte) 10).putShort(12, (short) 20).putShort(14, (short) 1);
        file.put(16, (byte) 24).put(17, (byte) 0x20).put(18, (byte) 19).position(19);
        for (int i = 0; i < 20 * 3; i++) {
            file.put((byte) i);
        }

        Picture whole = decode(file.array(), DecodeRequest.WHOLE).picture();
        assertThat(whole.planes().getFirst().at(19, 0)).isEqualTo(59);
        assertFails(Arrays.copyOf(file.array(), 78), Reason.TRUNCATED);
    }
}
