package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Fixture;
import imgpipe.codec.PictureException;
import imgpipe.codec.WebpStructure;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code frames/make.py} tells what is in {@code walk.webp}, which Pillow has written. */
@Timeout(60)
class WebpAnimationTest {
    private static final EncodeSettings LOSSLESS =
            new EncodeSettings(0, Chroma.S420, false, true, 0, 0, 0, 0, MetadataPolicy.NONE);

    @AutoClose private final Workspace workspace = new Workspace();
    private final WebpCodec codec;

    WebpAnimationTest() {
        Optional<WebpCodec> loaded = WebpCodec.load();
        assumeTrue(
                loaded.isPresent() && loaded.get().animates(ImageFormat.WEBP),
                "libwebp, libwebpdemux or libwebpmux is not here, so animations cannot be tested;"
                        + " run scripts/fetch-native-codecs");
        codec = loaded.get();
    }

    @BeforeEach
    void reset() {
        workspace.reset();
    }

    private Decoded decode(MemorySegment file, int most, boolean lenient) throws PictureException {
        DecodeRequest request = new DecodeRequest(null, most, lenient, false);
        return codec.decode(ImageFormat.WEBP, file, request, workspace);
    }

    private static int argb(Frame frame, int x, int y) {
        List<Plane> planes = frame.planes();
        return (planes.get(3).at(x, y) << 24)
                | (planes.get(0).at(x, y) << 16)
                | (planes.get(1).at(x, y) << 8)
                | planes.get(2).at(x, y);
    }

    @Test
    void drawsEachFrameOnTheWholeCanvas() throws PictureException {
        MemorySegment file = Fixture.frames("walk.webp");
        assertThat(codec.header(ImageFormat.WEBP, file).frames()).isEqualTo(3);

        Picture picture = decode(file, Integer.MAX_VALUE, false).picture();

        assertThat(picture.size()).isEqualTo(new Size(16, 12));
        assertThat(picture.loops()).isEqualTo(4);
        assertThat(picture.frames()).extracting(Frame::delayMillis).containsExactly(100, 200, 300);
        for (int i = 0; i < 3; i++) {
            for (int y = 0; y < 12; y++) {
                for (int x = 0; x < 16; x++) {
                    boolean inside = x / 4 == i && y / 4 == 1;
                    assertThat(argb(picture.frames().get(i), x, y))
                            .isEqualTo(inside ? 0xFFFF0000 : 0);
                }
            }
        }
    }

    @Test
    void leavesOutFramesThatNobodyWants() throws PictureException {
        MemorySegment file = Fixture.frames("walk.webp");

        assertThat(decode(file, 2, false).picture().frames())
                .extracting(Frame::delayMillis)
                .containsExactly(100, 200);
        Decoded first = decode(file, 1, false);
        assertThat(first.picture().frames()).singleElement().isNotNull();
        assertThat(first.picture().size()).isEqualTo(new Size(16, 12));
        assertThat(first.warnings()).isEmpty();
    }

    @Test
    void givesBackWhatItHasWrittenWithoutLoss() throws PictureException {
        for (int seed = 0; seed < 20; seed++) {
            Picture picture = random(new Random(seed));
            MemorySegment file = codec.encode(picture, ImageFormat.WEBP, LOSSLESS, workspace);
            Picture back = decode(file, Integer.MAX_VALUE, false).picture();

            assertThat(back.loops()).as("seed %d", seed).isEqualTo(picture.loops());
            assertThat(back.frames())
                    .as("seed %d", seed)
                    .extracting(Frame::delayMillis)
                    .isEqualTo(picture.frames().stream().map(Frame::delayMillis).toList());
            for (int i = 0; i < picture.frames().size(); i++) {
                for (int at = 0; at < picture.size().pixels(); at++) {
                    int x = at % picture.size().width();
                    int y = at / picture.size().width();
                    int wanted = argb(picture.frames().get(i), x, y);
                    int got = argb(back.frames().get(i), x, y);
                    assertThat(wanted >>> 24 == 0 ? got >>> 24 : got)
                            .as("seed %d, frame %d at %d, %d", seed, i, x, y)
                            .isEqualTo(wanted >>> 24 == 0 ? 0 : wanted);
                }
            }
        }
    }

    /** Frames that all differ, of pixels opaque or clear. */
    private Picture random(Random random) {
        Size size = new Size(1 + random.nextInt(20), 1 + random.nextInt(20));
        List<Frame> frames = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            List<Plane> planes = new ArrayList<>();
            for (int band = 0; band < 4; band++) {
                planes.add(Plane.allocate(workspace, size.width(), size.height()));
            }
            for (int at = 0; at < size.pixels(); at++) {
                boolean clear = at > 0 && random.nextInt(4) == 0;
                for (int band = 0; band < 4; band++) {
                    int value = clear ? 0 : band == 3 ? 255 : random.nextInt(256);
                    int x = at % size.width();
                    planes.get(band).set(x, at / size.width(), at == 0 && band == 0 ? i : value);
                }
            }
            frames.add(new Frame(planes, 10 + random.nextInt(5000)));
        }
        return new Picture(
                size,
                ColorModel.RGB,
                true,
                frames,
                random.nextInt(3),
                Orientation.UPRIGHT,
                null,
                Metadata.NONE);
    }

    @Test
    void reportsDamageAndKeepsWhatThereIsIfAsked() throws PictureException {
        MemorySegment whole = Fixture.frames("walk.webp");
        for (long length = 12; length < whole.byteSize(); length++) {
            MemorySegment cut = whole.asSlice(0, length);
            assertThatThrownBy(() -> decode(cut, Integer.MAX_VALUE, false))
                    .as("cut at %d", length)
                    .isInstanceOf(PictureException.class);
        }
        Decoded kept = decode(whole.asSlice(0, 150), Integer.MAX_VALUE, true);
        assertThat(kept.picture().size()).isEqualTo(new Size(16, 12));
        assertThat(kept.warnings()).isNotEmpty();
    }

    @Test
    void outlivesEveryFlippedBit() {
        for (int bit = 0; bit < 8 * 188; bit++) {
            MemorySegment file = Fixture.frames("walk.webp");
            byte[] bytes = file.toArray(ValueLayout.JAVA_BYTE);
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            MemorySegment flipped = MemorySegment.ofArray(bytes);
            workspace.reset();
            try {
                if (WebpStructure.of(flipped).size().pixels() < 1 << 20) {
                    Picture picture = decode(flipped, 10, bit % 2 == 0).picture();
                    assertThat(picture.frames()).isNotEmpty();
                }
            } catch (PictureException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void saysWhenOnlyTheFirstFrameCanBeRead() throws PictureException {
        WebpCodec stills = WebpCodec.loadForStills().orElseThrow();
        MemorySegment file = Fixture.frames("walk.webp");

        assertThat(stills.animates(ImageFormat.WEBP)).isFalse();
        assertThat(stills.header(ImageFormat.WEBP, file).frames()).isEqualTo(1);
        Decoded decoded = stills.decode(ImageFormat.WEBP, file, DecodeRequest.WHOLE, workspace);
        assertThat(decoded.picture().frames()).hasSize(1);
        assertThat(decoded.warnings())
                .singleElement()
                .asString()
                .contains("only the first of its 3 frames was read");
    }
}
