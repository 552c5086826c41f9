package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Random rows of every kind, filtered at random, come out as ImageIO gives them. */
class PngRandomTest {
    private static final int[][] KINDS = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8},
        {4, 8}, {4, 16}, {6, 8}, {6, 16}
    };

    @Test
    void samplesAreThoseOfImageIo() throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        try (Workspace workspace = new Workspace();
                PngCodec codec = PngCodec.ofThisMachine();
                PngCodec plain = new PngCodec(Optional.empty());
                ImageIoCodec reference = new ImageIoCodec()) {
            for (int[] kind : KINDS) {
                for (int round = 0; round < 12; round++) {
                    MemorySegment file = MemorySegment.ofArray(png(kind[0], kind[1], random));
                    String what = "seed " + seed + ", type " + kind[0] + " of " + kind[1] + " bits";
                    Picture expected = decode(reference, file, workspace);
                    assertSame(what, expected, decode(codec, file, workspace));
                    assertSame(what, expected, decode(plain, file, workspace));
                    workspace.reset();
                }
            }
        }
    }

    private static Picture decode(Codec codec, MemorySegment file, Workspace workspace)
            throws PictureException {
        return codec.decode(ImageFormat.PNG, file, DecodeRequest.WHOLE, workspace).picture();
    }

    private static void assertSame(String what, Picture expected, Picture picture) {
        assertThat(picture.size()).as(what).isEqualTo(expected.size());
        assertThat(picture.color()).as(what).isEqualTo(expected.color());
        assertThat(picture.alpha()).as(what).isEqualTo(expected.alpha());
        for (int i = 0; i < expected.planes().size(); i++) {
            Plane plane = picture.planes().get(i);
            assertThat(plane.samples().toArray(ValueLayout.JAVA_BYTE))
                    .as("%s, plane %d", what, i)
                    .isEqualTo(expected.planes().get(i).samples().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static byte[] png(int type, int bits, Random random) throws IOException {
        byte[] header = new byte[13];
        int width = 1 + random.nextInt(40);
        int height = 1 + random.nextInt(20);
        ByteBuffer.wrap(header).putInt(width).putInt(height).put((byte) bits).put((byte) type);
        header[12] = (byte) random.nextInt(2);
        PngChunks chunks = new PngChunks();
        chunks.add("IHDR", MemorySegment.ofArray(header));
        if (type == 3) {
            byte[] palette = new byte[3 << bits];
            random.nextBytes(palette);
            chunks.add("PLTE", MemorySegment.ofArray(palette));
            if (random.nextBoolean()) {
                byte[] alpha = new byte[1 << bits];
                random.nextBytes(alpha);
                chunks.add("tRNS", MemorySegment.ofArray(alpha));
            }
        }
        MemorySegment ihdr = MemorySegment.ofArray(new byte[16 + 13]);
        MemorySegment.copy(MemorySegment.ofArray(header), 0, ihdr, 16, 13);
        PngLayout layout;
        try {
            layout = PngLayout.of(ihdr);
        } catch (PictureException e) {
            throw new IllegalStateException(e);
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(stream)) {
            for (PngPass pass : layout.passes()) {
                for (int y = 0; y < pass.size().height(); y++) {
                    byte[] row = new byte[(int) layout.rowBytes(pass.size().width())];
                    random.nextBytes(row);
                    deflater.write(random.nextInt(5));
                    deflater.write(row);
                }
            }
        }
        byte[] data = stream.toByteArray();
        int middle = random.nextInt(data.length);
        chunks.add("IDAT", MemorySegment.ofArray(data).asSlice(0, middle));
        chunks.add("IDAT", MemorySegment.ofArray(data).asSlice(middle));
        chunks.add("IEND", MemorySegment.ofArray(new byte[0]));
        try (Workspace workspace = new Workspace()) {
            return chunks.joined(workspace).toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
