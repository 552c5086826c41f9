package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class PngUnpackerTest {
    private static final PngLayout LAYOUT =
            new PngLayout(new Size(4, 4), 8, PngLayout.PALETTE, false);

    private static final MemorySegment GREYS =
            MemorySegment.ofArray(new byte[] {0, 0, 0, 99, 99, 99});

    @Test
    void makesOnePlaneOfAPaletteOfGreys() throws PictureException {
        assertThat(new PngUnpacker(LAYOUT, GREYS, null, false).color()).isEqualTo(ColorModel.GREY);
    }

    /** The profile of a palette is one of RGB, and cannot be applied to grey. */
    @Test
    void keepsThreePlanesForAProfile() throws PictureException {
        assertThat(new PngUnpacker(LAYOUT, GREYS, null, true).color()).isEqualTo(ColorModel.RGB);
    }
}
