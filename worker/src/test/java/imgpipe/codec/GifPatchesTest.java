package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class GifPatchesTest {
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;

    @AutoClose private final Workspace workspace = new Workspace();
    private final ImageIoCodec codec = new ImageIoCodec();

    /** An animation of these ARGB frames, shown for ever. */
    private Picture animation(Size size, int[]... frames) {
        List<Frame> made = new ArrayList<>();
        for (int[] argb : frames) {
            List<Plane> planes = new ArrayList<>();
            for (int shift : new int[] {16, 8, 0, 24}) {
                Plane plane = Plane.allocate(workspace, size.width(), size.height());
                for (int i = 0; i < argb.length; i++) {
                    plane.set(i % size.width(), i / size.width(), (argb[i] >> shift) & 0xFF);
                }
                planes.add(plane);
            }
            made.add(new Frame(planes, 100));
        }
        return new Picture(
                size, ColorModel.RGB, true, made, 0, Orientation.UPRIGHT, null, Metadata.NONE);
    }

    private static int[] filled(int count, int color, int... others) {
        int[] pixels = new int[count];
        Arrays.fill(pixels, color);
        for (int at : others) {
            pixels[at] = BLUE;
        }
        return pixels;
    }

    @Test
    void drawsOnlyWhatHasChanged() {
        // 5x4: blue at (1, 1) and (3, 2) is new.
        Picture picture = animation(new Size(5, 4), filled(20, RED), filled(20, RED, 6, 13));
        GifPatches patches = new GifPatches(picture);

        GifPatch first = patches.next();
        assertThat(first.size()).isEqualTo(new Size(5, 4));
        assertThat(first.pixels()).containsOnly(RED);
        GifPatch second = patches.next();
        assertThat(second.left()).isEqualTo(1);
        assertThat(second.top()).isEqualTo(1);
        assertThat(second.size()).isEqualTo(new Size(3, 2));
        assertThat(second.pixels()).containsExactly(BLUE, 0, 0, 0, 0, BLUE);
        assertThat(second.clears()).isFalse();
    }

    @Test
    void drawsOnePixelWhereNothingHasChanged() {
        GifPatches patches =
                new GifPatches(animation(new Size(5, 4), filled(20, RED), filled(20, RED)));
        patches.next();

        assertThat(patches.next().pixels()).containsExactly(0);
    }

    @Test
    void drawsEverythingWhereLittleStandsStill() {
        int[] other = filled(20, BLUE);
        other[10] = RED;
        GifPatches patches = new GifPatches(animation(new Size(5, 4), filled(20, RED), other));
        patches.next();

        assertThat(patches.next().pixels()).isEqualTo(other);
    }

    @Test
    void clearsWhatVanishesWithTheFrameBefore() {
        // 4x1: blue walks from 0 to 1, the rest is clear; then the first frame comes again.
        Picture picture =
                animation(new Size(4, 1), filled(4, 0, 0), filled(4, 0, 1), filled(4, 0, 1, 3));
        GifPatches patches = new GifPatches(picture);

        assertThat(patches.next().clears()).isTrue();
        GifPatch second = patches.next();
        assertThat(second.clears()).isFalse();
        assertThat(second.left()).isEqualTo(1);
        assertThat(second.size()).isEqualTo(new Size(1, 1));
        GifPatch third = patches.next();
        assertThat(third.clears()).isTrue();
        assertThat(third.left()).isEqualTo(1);
        assertThat(third.pixels()).containsExactly(0, 0, BLUE);
    }

    @Test
    void givesBackAnyAnimationOfFewColors() throws PictureException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Size size = new Size(1 + random.nextInt(9), 1 + random.nextInt(9));
            int[][] frames = new int[1 + random.nextInt(6)][(int) size.pixels()];
            int colors = 1 + random.nextInt(20);
            for (int f = 0; f < frames.length; f++) {
                for (int i = 0; i < frames[f].length; i++) {
                    frames[f][i] =
                            f > 0 && random.nextInt(3) > 0
                                    ? frames[f - 1][i]
                                    : random.nextInt(4) == 0
                                            ? 0
                                            : 0xFF000000 | (random.nextInt(colors) * 0x010703);
                }
            }
            MemorySegment file =
                    codec.encode(
                            animation(size, frames),
                            ImageFormat.GIF,
                            EncodeSettings.DEFAULT,
                            workspace);
            Picture back =
                    codec.decode(ImageFormat.GIF, file, DecodeRequest.WHOLE, workspace).picture();

            assertThat(back.size()).isEqualTo(size);
            assertThat(back.frames()).as("seed %d", seed).hasSize(frames.length);
            for (int f = 0; f < frames.length; f++) {
                assertThat(argb(back, f)).as("seed %d, frame %d", seed, f).isEqualTo(frames[f]);
            }
        }
    }

    private static int[] argb(Picture picture, int frame) {
        int[] pixels =
                ArgbPixels.of(
                        picture.size(), picture.frames().get(frame).planes(), picture.alpha());
        return Arrays.stream(pixels).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
    }
}
