package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.JpegHeader;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JpegBoundsTest {
    private TurboJpeg library;

    @BeforeEach
    void load() {
        assumeTrue(
                TurboJpeg.binding().filter(TurboJpeg3.class::isInstance).isPresent(),
                "libjpeg-turbo 3 is not here, and older ones know no bounds");
        library = TurboJpeg.binding().orElseThrow();
    }

    @Test
    void followFromTheHeader() throws PictureException {
        byte[] file = Jpegs.encode(photo(), 0.9f, true);

        JpegBounds bounds = JpegBounds.of(JpegHeader.parse(Jpegs.segment(file)));

        // Coefficients of 2 bytes: 3 (640 + 32) (480 + 32) 2 = 2,064,384 bytes.
        assertThat(bounds).isEqualTo(new JpegBounds(640 * 480, 1 + 16, 100));
    }

    @Test
    void aProgressiveFileStaysWithinItsOwn() throws PictureException {
        for (String luma : new String[] {"1x1", "2x2", "4x1"}) {
            byte[] file = Jpegs.encode(photo(), 0.95f, luma, "1x1", "1x1");
            JpegHeader header = JpegHeader.parse(Jpegs.segment(file));

            assertThat(status(file, JpegBounds.of(header))).isEqualTo("0");
        }
    }

    @Test
    void oneWithMoreScansIsGivenUp() {
        byte[] file = Jpegs.encode(photo(), 0.9f, true);

        assertThat(status(file, new JpegBounds(640 * 480, 100, 2))).contains("more than 2 scans");
    }

    @Test
    void oneThatNeedsMoreMemoryIsGivenUp() {
        assumeTrue(
                !TurboJpegVersion.of(library.library()).startsWith("3.0"),
                "the first versions of libjpeg-turbo 3 do not bound pixels and memory");
        byte[] small = Jpegs.encode(photo(), 0.9f, true);
        BufferedImage photo = Jpegs.photo(3000, 2000, BufferedImage.TYPE_3BYTE_BGR, 3);
        byte[] large = Jpegs.encode(photo, 0.9f, true);

        assertThat(status(small, new JpegBounds(640 * 480 - 1, 100, 100)))
                .contains("Image is too large");
        assertThat(status(large, new JpegBounds(6_000_000, 1, 100)))
                .contains("Memory limit exceeded");
    }

    @Test
    void theComplaintIsOneOfALimit() {
        assertThat(JpegComplaint.failure("tj3Decompress8(): Image is too large").reason())
                .isEqualTo(Reason.LIMIT);
    }

    private static BufferedImage photo() {
        return Jpegs.photo(640, 480, BufferedImage.TYPE_3BYTE_BGR, 3);
    }

    /** 0, or what the library complains of. */
    private String status(byte[] file, JpegBounds bounds) {
        MemorySegment handle = library.decompressor(bounds);
        try (Workspace workspace = new Workspace();
                Arena arena = Arena.ofConfined()) {
            MemorySegment jpeg = arena.allocate(file.length).copyFrom(MemorySegment.ofArray(file));
            TurboJpeg.Frame frame = library.header(handle, jpeg);
            Size size = new Size(frame.width(), frame.height());
            MemorySegment pixels = workspace.allocate(size.pixels() * 3);
            int status =
                    library.decompressPacked(
                            handle,
                            jpeg,
                            pixels,
                            size,
                            JpegScale.smallest(size, null),
                            ColorModel.RGB);
            return status == 0 ? "0" : library.error(handle);
        } finally {
            library.destroy(handle);
        }
    }
}
