package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds of every reader of PNG. */
abstract class PngContract {
    private final Workspace workspace = new Workspace();
    private final Codec codec = codec();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    /** The reader to be tested. */
    abstract Codec codec();

    @AfterEach
    void close() {
        codec.close();
        workspace.close();
    }

    private void begin(int width, int height, int bits, int type) throws IOException {
        begin(width, height, bits, type, 0);
    }

    private void begin(int width, int height, int bits, int type, int interlace)
            throws IOException {
        file.writeBytes("\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {(byte) bits, (byte) type, 0, 0, (byte) interlace});
        chunk("IHDR", header.toByteArray());
    }

    private void chunk(String name, byte[] content) throws IOException {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(type);
        checksum.update(content);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(content.length);
        out.write(type);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }

    private void end(int... filteredRows) throws IOException {
        byte[] bytes = new byte[filteredRows.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) filteredRows[i];
        }
        chunk("IDAT", deflated(bytes));
        chunk("IEND", new byte[0]);
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private MemorySegment memory() {
        return MemorySegment.ofArray(file.toByteArray());
    }

    private Picture decode() throws PictureException {
        return codec.decode(ImageFormat.PNG, memory(), DecodeRequest.WHOLE, workspace).picture();
    }

    @Test
    void oneBitIsBlackAndWhite() throws Exception {
        begin(3, 1, 1, 0);
        end(0, 0b1010_0000);
        Picture picture = decode();
        assertThat(picture.color()).isEqualTo(ColorModel.GREY);
        assertThat(picture.planes().getFirst().at(0, 0)).isEqualTo(255);
        assertThat(picture.planes().getFirst().at(1, 0)).isZero();
        assertThat(picture.planes().getFirst().at(2, 0)).isEqualTo(255);
    }

    @Test
    void sixteenBitsAreRounded() throws Exception {
        begin(3, 1, 16, 0);
        // 0x0080 is 0.498 of a step, 0x0081 is 0.502 of one, 0xFFFF is white.
        end(0, 0x00, 0x80, 0x00, 0x81, 0xFF, 0xFF);
        Picture picture = decode();
        assertThat(picture.planes().getFirst().at(0, 0)).isZero();
        assertThat(picture.planes().getFirst().at(1, 0)).isEqualTo(1);
        assertThat(picture.planes().getFirst().at(2, 0)).isEqualTo(255);
    }

    @Test
    void greyIsNotTakenForLinearLight() throws Exception {
        begin(2, 1, 8, 0);
        end(0, 100, 200);
        assertThat(decode().planes().getFirst().at(0, 0)).isEqualTo(100);
        assertThat(decode().planes().getFirst().at(1, 0)).isEqualTo(200);
    }

    @Test
    void paletteKeepsColorAndTransparency() throws Exception {
        begin(2, 1, 8, 3);
        chunk("PLTE", new byte[] {10, 20, 30, 40, 50, 60});
        chunk("tRNS", new byte[] {(byte) 200});
        end(0, 0, 1);
        Picture picture = decode();
        assertThat(picture.alpha()).isTrue();
        assertThat(picture.planes().stream().mapToInt(plane -> plane.at(0, 0)))
                .containsExactly(10, 20, 30, 200);
        assertThat(picture.planes().stream().mapToInt(plane -> plane.at(1, 0)))
                .containsExactly(40, 50, 60, 255);
    }

    @Test
    void orientationIsReadFromExif() throws Exception {
        begin(2, 1, 8, 0);
        chunk(
                "eXIf",
                new byte[] {
                    'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0,
                    0, 0
                });
        end(0, 100, 200);
        assertThat(codec.header(ImageFormat.PNG, memory()).orientation())
                .isEqualTo(Orientation.TURN_RIGHT);
        assertThat(decode().orientation()).isEqualTo(Orientation.TURN_RIGHT);
    }

    @Test
    void textAndProfilesAreNoBombs() throws Exception {
        begin(2, 1, 8, 3);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(new byte[] {'a', 0, 0});
        bomb.writeBytes(deflated(new byte[64 << 20]));
        chunk("zTXt", bomb.toByteArray());
        chunk("iCCP", bomb.toByteArray());
        chunk("PLTE", new byte[] {10, 20, 30, 40, 50, 60});
        end(0, 0, 1);
        assertThat(codec.header(ImageFormat.PNG, memory()).size()).isEqualTo(new Size(2, 1));
        assertThat(decode().profile()).isNull();
    }

    @Test
    void aFlippedBitInThePixelsIsFound() throws Exception {
        begin(3, 1, 8, 0);
        end(0, 1, 2, 3);
        byte[] bent = file.toByteArray();
        bent[45] ^= 1;
        assertThatThrownBy(
                        () ->
                                codec.decode(
                                        ImageFormat.PNG,
                                        MemorySegment.ofArray(bent),
                                        DecodeRequest.WHOLE,
                                        workspace))
                .isInstanceOfSatisfying(
                        PictureException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }

    @Test
    void lenientlyTheRowsBeforeTheCutAreThereAlsoOfASingleChunk() throws Exception {
        int width = 200;
        int height = 100;
        Random random = new Random(3);
        int[] rows = new int[(1 + width) * height];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % (1 + width) == 0 ? 0 : random.nextInt(256);
        }
        begin(width, height, 8, 0);
        end(rows);
        byte[] half = Arrays.copyOf(file.toByteArray(), file.size() / 2);

        Decoded decoded =
                codec.decode(
                        ImageFormat.PNG,
                        MemorySegment.ofArray(half),
                        new DecodeRequest(null, 1, true, false),
                        workspace);

        assertThat(decoded.warnings()).isNotEmpty();
        // Noise is stored as it is, so half of the file is half of the rows, less the inflater's
        // last block.
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(decoded.picture().planes().getFirst().at(x, y))
                        .isEqualTo(rows[y * (1 + width) + 1 + x]);
            }
        }
    }

    @Test
    void lenientlyWhatThereIsComesWithAWarning() throws Exception {
        begin(1, 2, 8, 0);
        end(0, 77, 0, 88);
        byte[] whole = file.toByteArray();
        byte[] withoutEnd = Arrays.copyOf(whole, whole.length - 12);
        DecodeRequest lenient = new DecodeRequest(null, 1, true, false);
        Decoded decoded =
                codec.decode(
                        ImageFormat.PNG, MemorySegment.ofArray(withoutEnd), lenient, workspace);
        assertThat(decoded.warnings()).isNotEmpty();
        assertThat(decoded.picture().planes().getFirst().at(0, 1)).isEqualTo(88);
    }

    @Test
    void everyFilterIsUndone() throws Exception {
        // Worked out by hand after ISO/IEC 15948, 9.2, three bytes a pixel.
        begin(3, 5, 8, 2);
        end(
                0, 10, 20, 30, 40, 50, 60, 70, 80, 90, // as it is
                1, 1, 2, 3, 1, 1, 1, 1, 1, 1, // 1 2 3, 2 3 4, 3 4 5
                2, 5, 5, 5, 5, 5, 5, 250, 251, 252, // 6 7 8, 7 8 9, 253 255 1
                3, 2, 2, 2, 0, 0, 0, 0, 0, 0, // 5 5 6, 6 6 7, 129 130 4
                4, 1, 1, 1, 1, 1, 1, 1, 1, 1); // 6 6 7, 7 7 8, 130 131 5
        Picture picture = decode();
        int[][] rows = {
            {10, 20, 30, 40, 50, 60, 70, 80, 90},
            {1, 2, 3, 2, 3, 4, 3, 4, 5},
            {6, 7, 8, 7, 8, 9, 253, 255, 1},
            {5, 5, 6, 6, 6, 7, 129, 130, 4},
            {6, 6, 7, 7, 7, 8, 130, 131, 5}
        };
        for (int y = 0; y < 5; y++) {
            for (int i = 0; i < 9; i++) {
                assertThat(picture.planes().get(i % 3).at(i / 3, y))
                        .as("row %d, byte %d", y, i)
                        .isEqualTo(rows[y][i]);
            }
        }
    }

    @Test
    void interlacedPixelsComeToTheirPlaces() throws Exception {
        begin(3, 3, 8, 0, 1);
        // Passes 1, 4, 5, 6, 7 have pixels (8.2): (0,0); (2,0); (0,2) (2,2); (1,0), (1,2); row 1.
        end(0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6);
        Plane plane = decode().planes().getFirst();
        for (int i = 0; i < 9; i++) {
            assertThat(plane.at(i % 3, i / 3)).isEqualTo(i + 1);
        }
    }

    @Test
    void aTransparentColorBecomesAlpha() throws Exception {
        begin(2, 1, 8, 2);
        chunk("tRNS", new byte[] {0, 4, 0, 5, 0, 6});
        end(0, 4, 5, 6, 4, 5, 7);
        Picture picture = decode();
        assertThat(picture.alpha()).isTrue();
        assertThat(picture.planes().get(2).at(0, 0)).isEqualTo(6);
        assertThat(picture.planes().get(3).at(0, 0)).isZero();
        assertThat(picture.planes().get(3).at(1, 0)).isEqualTo(255);
    }

    @Test
    void pixelsThatEndEarlyAreFound() throws Exception {
        begin(2, 3, 8, 0);
        end(0, 1, 2, 0, 3);
        assertThatThrownBy(this::decode)
                .isInstanceOfSatisfying(
                        PictureException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
    }
}
