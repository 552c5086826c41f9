package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureFacts.Pixels;
import imgpipe.image.IccProfile;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is expected is what exiftool 12.57 and ImageMagick's identify 6.9 say of the files. */
class PictureFactsTest {
    @AutoClose private final Codecs codecs = Codecs.ofThisMachine();

    private PictureFacts of(String name) throws PictureException {
        return codecs.facts(Fixture.frames(name));
    }

    @Test
    void tellsOfAJpegWhatItsSegmentsSay() throws PictureException {
        PictureFacts facts = of("described.jpg");

        assertThat(facts.header().size()).isEqualTo(new Size(40, 30));
        assertThat(facts.header().orientation()).isEqualTo(Orientation.TURN_LEFT);
        assertThat(facts.frames()).isEqualTo(1);
        assertThat(facts.loops()).isNull();
        assertThat(facts.pixels())
                .isEqualTo(new Pixels("YCbCr", 8, false, "4:2:2", "progressive", true));
        assertThat(ProfileName.of(Objects.requireNonNull(facts.profile())))
                .hasValue("sRGB built-in");
        assertThat(
                        Stream.of(
                                        facts.metadata().exif(),
                                        facts.metadata().xmp(),
                                        facts.metadata().iptc())
                                .map(block -> Objects.requireNonNull(block).byteSize()))
                .containsExactly(90L, 2853L, 13L);
    }

    @Test
    void countsPagesOfATiff() throws PictureException {
        PictureFacts facts = of("pages.tif");

        assertThat(facts.header().size()).isEqualTo(new Size(12, 8));
        assertThat(facts.frames()).isEqualTo(3);
        assertThat(facts.pixels()).isEqualTo(Pixels.of("RGB", 8, false));
    }

    @Test
    void countsPagesOfATiffWhoseDirectoriesGoRoundOnce() throws PictureException {
        MemorySegment file = Fixture.frames("pages.tif");
        Bytes bytes = Bytes.littleEndian(file);
        long directory = bytes.u32(4);
        file.set(
                ValueLayout.JAVA_INT_UNALIGNED,
                directory + 2 + 12L * bytes.u16(directory),
                (int) directory);

        assertThat(codecs.facts(file).frames()).isEqualTo(1);
    }

    @Test
    void countsPicturesOfAnIconAndTakesTheLargest() throws PictureException {
        PictureFacts facts = of("sizes.ico");

        assertThat(facts.header().size()).isEqualTo(new Size(48, 48));
        assertThat(facts.frames()).isEqualTo(3);
        assertThat(facts.pixels().alpha()).isTrue();
    }

    @Test
    void countsFramesAndLoopsOfAnimations() throws PictureException {
        for (String name : new String[] {"walk.webp", "walk.png"}) {
            PictureFacts facts = of(name);

            assertThat(facts.header().size()).isEqualTo(new Size(16, 12));
            assertThat(facts.frames()).isEqualTo(3);
            assertThat(facts.loops()).isEqualTo(4);
            assertThat(facts.pixels().color()).isEqualTo("RGB");
            assertThat(facts.pixels().alpha()).isTrue();
        }
        assertThat(of("walk.webp").pixels().coding()).isEqualTo("lossless");
    }

    @Test
    void doesNotLookAtPixels() throws PictureException {
        MemorySegment file = Fixture.frames("described.jpg");
        // The first scan begins behind 1.5 kB of tables; nothing of it is left.
        JpegHeader header = JpegHeader.parse(file);
        MemorySegment cut = file.asSlice(0, header.firstScan() + 20);

        assertThat(codecs.facts(cut).header().size()).isEqualTo(new Size(40, 30));
    }

    @Test
    void refusesWhatIsNoPicture() {
        byte[] text = "GIF is mentioned here".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> codecs.facts(MemorySegment.ofArray(text)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("does not begin like any known picture format");
    }

    @Test
    void readsNamesOfOldProfilesAndDamagedOnes() {
        // ICC.1:2001-04, 6.5.17: signature, four zeros, length with its NUL, ASCII.
        ByteBuffer profile = ByteBuffer.allocate(200);
        profile.position(128);
        profile.putInt(1).put("desc".getBytes(StandardCharsets.US_ASCII)).putInt(144).putInt(20);
        profile.put("desc".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(8);
        profile.put("A RGB\0..".getBytes(StandardCharsets.US_ASCII));
        assertThat(ProfileName.of(new IccProfile(profile.array()))).hasValue("A RGB");

        profile.putInt(136, 190);
        assertThat(ProfileName.of(new IccProfile(profile.array()))).isEmpty();
        assertThat(ProfileName.of(new IccProfile(new byte[5]))).isEmpty();
    }
}
