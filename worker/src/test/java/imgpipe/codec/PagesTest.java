package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sizes and colors are those that {@code frames/make.py} drew. */
class PagesTest {
    @AutoClose private final Codecs codecs = Codecs.ofThisMachine();
    @AutoClose private final Workspace workspace = new Workspace();

    private Picture page(String name, ImageFormat format, int page) throws PictureException {
        MemorySegment file = Fixture.frames(name);
        codecs.turnTo(format, file, page);
        Header header = codecs.header(format, file);
        Picture picture = codecs.decode(format, file, DecodeRequest.WHOLE, workspace).picture();
        assertThat(header.size()).isEqualTo(picture.size());
        assertThat(header.orientation()).isEqualTo(picture.orientation());
        return picture;
    }

    private static List<Integer> color(Picture picture) {
        byte[] row = new byte[picture.size().width()];
        return picture.planes().stream()
                .map(
                        (Plane plane) -> {
                            plane.load(picture.size().height() - 1, row);
                            return row[row.length - 1] & 0xFF;
                        })
                .toList();
    }

    @Test
    void turnsToEachPageOfATiff() throws PictureException {
        assertThat(color(page("pages.tif", ImageFormat.TIFF, 1))).containsExactly(255, 0, 0);
        Picture second = page("pages.tif", ImageFormat.TIFF, 2);
        assertThat(second.size()).isEqualTo(new Size(10, 20));
        assertThat(second.orientation()).isEqualTo(Orientation.TURN_RIGHT);
        assertThat(color(second)).containsExactly(0, 128, 0);
        Picture third = page("pages.tif", ImageFormat.TIFF, 3);
        assertThat(third.size()).isEqualTo(new Size(5, 5));
        assertThat(color(third)).containsExactly(77);
    }

    @Test
    void countsPicturesOfAnIconFromTheLargest() throws PictureException {
        Picture largest = page("sizes.ico", ImageFormat.ICO, 1);
        assertThat(largest.size()).isEqualTo(new Size(48, 48));
        assertThat(color(largest)).containsExactly(255, 0, 0, 255);
        Picture second = page("sizes.ico", ImageFormat.ICO, 2);
        assertThat(second.size()).isEqualTo(new Size(32, 32));
        assertThat(color(second)).containsExactly(0, 128, 0, 255);
        Picture smallest = page("sizes.ico", ImageFormat.ICO, 3);
        assertThat(smallest.size()).isEqualTo(new Size(16, 16));
        assertThat(color(smallest)).containsExactly(0, 0, 255, 255);
    }

    @Test
    void turnsToAPageOfADcx() throws PictureException {
        Picture second = page("faxes.dcx", ImageFormat.PCX, 2);

        assertThat(second.size()).isEqualTo(new Size(3, 9));
        assertThat(color(second)).containsExactly(0, 0, 255);
    }

    @Test
    void saysHowManyPagesThereAre() {
        refuses("pages.tif", ImageFormat.TIFF, "it has 3 pages; --page asks for page 4");
        refuses("sizes.ico", ImageFormat.ICO, "it has 3 pages; --page asks for page 4");
        refuses("faxes.dcx", ImageFormat.PCX, "it has 2 pages; --page asks for page 4");
        refuses("described.jpg", ImageFormat.JPEG, "it has one page; --page asks for page 4");
        refuses("walk.gif", ImageFormat.GIF, "it has one page; --page asks for page 4");
    }

    private void refuses(String name, ImageFormat format, String sentence) {
        assertThatThrownBy(() -> codecs.turnTo(format, Fixture.frames(name), 4))
                .isInstanceOfSatisfying(
                        PictureException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
                            assertThat(e).hasMessage(sentence);
                        });
    }

    @Test
    void leavesTheFirstPageAlone() throws PictureException {
        MemorySegment file = Fixture.frames("pages.tif").asReadOnly();
        codecs.turnTo(ImageFormat.TIFF, file, 1);

        assertThat(file.mismatch(Fixture.frames("pages.tif"))).isEqualTo(-1);
    }
}
