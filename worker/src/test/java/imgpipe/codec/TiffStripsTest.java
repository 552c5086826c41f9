package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Files written down after TIFF 6.0, sections 2 to 4. */
class TiffStripsTest {
    private static final int UNCOMPRESSED = 1;
    private static final int GREY = 1;
    private static final int CIE_LAB = 8;

    @Test
    void readsALastStripThatHasTheRowsThatAreLeft() throws Exception {
        try (Workspace workspace = new Workspace()) {
            Picture picture = decode(tiff(UNCOMPRESSED, GREY, 8, 3 * 4), workspace);

            assertThat(picture.size()).isEqualTo(new Size(4, 5));
            assertThat(picture.planes().getFirst().at(3, 4)).isEqualTo(19);
        }
    }

    @Test
    void failsOnAStripWithFewerBytesThanPixels() {
        try (Workspace workspace = new Workspace()) {
            assertThatThrownBy(() -> decode(tiff(UNCOMPRESSED, GREY, 8, 3 * 4 - 1), workspace))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("has 11 bytes instead of 12");
        }
    }

    @Test
    void saysThatItDoesNotKnowACompression() {
        int zstd = 50000;
        try (Workspace workspace = new Workspace()) {
            assertThatThrownBy(() -> decode(tiff(zstd, GREY, 8, 3 * 4), workspace))
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e ->
                                    assertThat(e.reason())
                                            .isEqualTo(PictureException.Reason.UNSUPPORTED));
        }
    }

    @Test
    void refusesFloatingPointLabInsteadOfTakingItForRgb() {
        try (Workspace workspace = new Workspace()) {
            assertThatThrownBy(() -> decode(tiff(UNCOMPRESSED, CIE_LAB, 32, 48), workspace))
                    .isInstanceOf(PictureException.class)
                    .hasMessage("TIFFs of CIE L*a*b* with 32 bits are not read");
        }
    }

    @Test
    void refusesMoreStripsThanRowsOfAllSamples() {
        byte[] file = tiff(UNCOMPRESSED, GREY, 8, 3 * 4);
        ByteBuffer entries = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        // The sixth entry has the strips' offsets, the ninth their lengths.
        entries.putInt(10 + 5 * 12 + 4, 6).putInt(10 + 8 * 12 + 4, 6);
        try (Workspace workspace = new Workspace()) {
            assertThatThrownBy(() -> decode(file, workspace))
                    .isInstanceOf(PictureException.class)
                    .hasMessage("the TIFF has 6 strips");
        }
    }

    private static Picture decode(byte[] file, Workspace workspace) throws PictureException {
        try (ImageIoCodec codec = new ImageIoCodec()) {
            DecodeRequest request = new DecodeRequest(new Size(4, 5), 1, false, false);
            return codec.decode(ImageFormat.TIFF, Fixtures.segment(file), request, workspace)
                    .picture();
        }
    }

    /** Grey, 4x5 pixels of 0 to 19, in a strip of three rows and one of two. */
    private static byte[] tiff(int compression, int color, int bits, int firstStripBytes) {
        int[][] entries = {
            {256, 4}, {257, 5}, {258, bits}, {259, compression}, {262, color},
        };
        int data = 8 + 2 + 9 * 12 + 4 + 8;
        ByteBuffer file = ByteBuffer.allocate(data + 20).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 9);
        for (int i = 0; i < entries.length; i++) {
            entry(file, entries[i][0], 4, 1, entries[i][1]);
        }
        entry(file, 273, 4, 2, data - 8);
        entry(file, 277, 4, 1, 1);
        entry(file, 278, 4, 1, 3);
        // Two lengths of two bytes stand in the entry itself.
        entry(file, 279, 3, 2, firstStripBytes | (2 * 4) << 16);
        file.putInt(0).putInt(data).putInt(data + 12);
        for (int i = 0; i < 20; i++) {
            file.put((byte) i);
        }
        return file.array();
    }

    private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
        file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
