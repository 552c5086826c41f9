package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.image.Chroma;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two APIs of one 3.x library do the same. */
class TurboJpegApisTest {
    private final Workspace workspace = new Workspace();
    private List<TurboJpegCodec> codecs = List.of();

    @BeforeEach
    void load() {
        codecs = TurboJpegCodec.loadEach();
        assumeTrue(
                codecs.size() == 2,
                "libjpeg-turbo 3 is not here, so its two APIs cannot be compared");
    }

    @AfterEach
    void close() {
        codecs.forEach(TurboJpegCodec::close);
        workspace.close();
    }

    @Test
    void decodesToTheSameSamplesAndWarnings() {
        long seed = 11;
        Random random = new Random(seed);
        int damaged = 0;
        for (int i = 0; i < 300; i++) {
            byte[] file = file(random);
            DecodeRequest request =
                    new DecodeRequest(
                            new Size(1 + random.nextInt(120), 1 + random.nextInt(120)),
                            1,
                            random.nextBoolean(),
                            false);

            List<Object> first = decoded(codecs.get(0), file, request);
            List<Object> second = decoded(codecs.get(1), file, request);

            assertThat(second).as("seed %d, file %d", seed, i).isEqualTo(first);
            damaged += first.size() == 1 ? 1 : 0;
        }
        assertThat(damaged).isBetween(30, 200);
    }

    @Test
    void encodesToTheSameBytes() throws PictureException {
        for (Chroma chroma : Chroma.values()) {
            for (boolean progressive : new boolean[] {false, true}) {
                for (int quality : new int[] {1, 50, 80, 97, 100}) {
                    workspace.reset();
                    String[] luma = {chroma.across() + "x" + chroma.down(), "1x1", "1x1"};
                    byte[] source =
                            Jpegs.encode(
                                    Jpegs.photo(101, 67, BufferedImage.TYPE_3BYTE_BGR, quality),
                                    0.9f,
                                    luma);
                    Picture picture =
                            codecs.getFirst()
                                    .decode(
                                            ImageFormat.JPEG,
                                            Jpegs.segment(source),
                                            DecodeRequest.WHOLE,
                                            workspace)
                                    .picture();
                    EncodeSettings settings =
                            EncodeSettings.DEFAULT
                                    .withQuality(quality)
                                    .withChroma(chroma)
                                    .withProgressive(progressive);

                    assertThat(encoded(codecs.get(1), picture, settings))
                            .isEqualTo(encoded(codecs.get(0), picture, settings));
                }
            }
        }
    }

    /** A JPEG of some kind, a third of them damaged. */
    private static byte[] file(Random random) {
        int width = 1 + random.nextInt(120);
        int height = 1 + random.nextInt(120);
        int type =
                random.nextInt(4) == 0
                        ? BufferedImage.TYPE_BYTE_GRAY
                        : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage image = Jpegs.photo(width, height, type, random.nextInt());
        String[] luma = {"1x1", "2x1", "2x2", "1x2", "4x1", "1x4", "4x2"};
        byte[] file =
                type == BufferedImage.TYPE_BYTE_GRAY || random.nextBoolean()
                        ? Jpegs.encode(image, 0.9f, random.nextBoolean())
                        : Jpegs.encode(
                                image, 0.9f, luma[random.nextInt(luma.length)], "1x1", "1x1");
        if (random.nextInt(3) == 0) {
            for (int i = 0; i < 3; i++) {
                file[2 + random.nextInt(file.length - 2)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return file;
    }

    /** Warnings and samples, or the reason of the failure alone, whose sentences differ. */
    private List<Object> decoded(TurboJpegCodec codec, byte[] file, DecodeRequest request) {
        workspace.reset();
        // What a damaged file leaves unwritten is to be the same.
        workspace.allocate(1_000_000).fill((byte) 0);
        workspace.reset();
        try {
            Decoded decoded =
                    codec.decode(ImageFormat.JPEG, Jpegs.segment(file), request, workspace);
            List<Object> facts = new ArrayList<>(List.of(decoded.warnings()));
            for (Plane plane : decoded.picture().planes()) {
                List<Integer> samples = new ArrayList<>();
                for (int y = 0; y < plane.height(); y++) {
                    for (int x = 0; x < plane.width(); x++) {
                        samples.add(plane.at(x, y));
                    }
                }
                facts.add(samples);
            }
            return facts;
        } catch (PictureException e) {
            return List.of(e.reason());
        }
    }

    private byte[] encoded(TurboJpegCodec codec, Picture picture, EncodeSettings settings)
            throws PictureException {
        MemorySegment file = codec.encode(picture, ImageFormat.JPEG, settings, workspace);
        return file.toArray(ValueLayout.JAVA_BYTE);
    }
}
