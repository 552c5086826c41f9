package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MetadataEditTest {
    private final Workspace workspace = new Workspace();
    private final Picture picture =
            Picture.of(
                    new Size(4, 3),
                    ColorModel.GREY,
                    false,
                    List.of(Plane.allocate(workspace, 4, 3)));
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void close() {
        workspace.close();
    }

    private Metadata edit(
            byte @Nullable [] exif,
            byte @Nullable [] xmp,
            byte @Nullable [] iptc,
            MetadataPolicy policy) {
        Metadata metadata = new Metadata(segment(exif), segment(xmp), segment(iptc));
        return MetadataEdit.apply(
                picture.with(metadata), picture, policy, ImageFormat.JPEG, true, warnings);
    }

    private static @Nullable MemorySegment segment(byte @Nullable [] bytes) {
        return bytes == null ? null : MemorySegment.ofArray(bytes);
    }

    private static byte[] camera(ByteOrder order) {
        return ExifBuilder.camera(order, 6, new byte[50]);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPYRIGHT", "SAFE", "ALL"})
    void survivesEveryCutOfAnExifBlock(MetadataPolicy policy) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] whole = camera(order);
            assertThat(edit(whole, null, null, policy).exif()).isNotNull();
            assertThat(warnings).isEmpty();
            for (int length = 0; length < whole.length; length++) {
                warnings.clear();
                edit(Arrays.copyOf(whole, length), null, null, policy);
                assertThat(warnings).as("cut to %s bytes", length).hasSize(1);
            }
            warnings.clear();
        }
    }

    @Test
    void survivesFlippedBitsInAnExifBlock() throws PictureException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] block =
                    camera(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                block[random.nextInt(block.length)] ^= (byte) (1 << random.nextInt(8));
            }
            warnings.clear();
            MemorySegment made = edit(block, null, null, MetadataPolicy.ALL).exif();
            if (made != null) {
                // What was made is sound, whatever it was made of.
                assertThat(ExifReader.block(made).damaged()).isFalse();
                assertThat(made.byteSize()).isLessThan(5L * block.length);
            }
        }
    }

    @Test
    void endsWhereDirectoriesPointToThemselves() throws PictureException {
        ByteBuffer block = ByteBuffer.wrap(camera(ByteOrder.BIG_ENDIAN));
        int entries = block.getShort(8);
        for (int i = 0; i < entries; i++) {
            int entry = 10 + 12 * i;
            int tag = block.getShort(entry) & 0xFFFF;
            if (tag == ExifBlock.EXIF || tag == ExifBlock.GPS) {
                block.putInt(entry + 8, 8);
            }
        }
        block.putInt(10 + 12 * entries, 8);
        MemorySegment made =
                Objects.requireNonNull(edit(block.array(), null, null, MetadataPolicy.ALL).exif());
        assertThat(ExifReader.block(made).damaged()).isFalse();
    }

    @Test
    void refusesToMakeMuchOfALittle() {
        // 1,000 tags that all have the whole block as their value.
        ByteBuffer block = ByteBuffer.allocate(8 + 2 + 12_000 + 4);
        block.put("MM\0*\0\0\0\b".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1000);
        for (int i = 0; i < 1000; i++) {
            block.putShort((short) (0x9000 + i)).putShort((short) 7).putInt(12_000).putInt(8);
        }
        assertThat(edit(block.array(), null, null, MetadataPolicy.ALL).exif()).isNull();
        assertThat(warnings).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<x",
                "<a><b></a>",
                "<p:a/>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
                "<!DOCTYPE a SYSTEM \"file:///nowhere\"><a/>",
                "<a>&e;</a>",
                "<a>\u0001</a>"
            })
    void dropsXmpThatIsNoXml(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(edit(null, bytes, null, MetadataPolicy.ALL).xmp()).isNull();
        assertThat(warnings).hasSize(1).first().asString().contains("XMP");
    }

    @Test
    void keepsXmpAsLargeAsRawConvertersWriteIt() {
        StringBuilder text =
                new StringBuilder("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>");
        text.append("<r:Description xmlns:c='http://ns.adobe.com/camera-raw-settings/1.0/'");
        for (int i = 0; i < 2000; i++) {
            text.append(" c:Setting").append(i).append("='+1'");
        }
        text.append("><c:Note>");
        text.append("a &amp; b&#xA;".repeat(50_000)).append("</c:Note></r:Description></r:RDF>");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Metadata source = new Metadata(null, MemorySegment.ofArray(bytes), null);
        MemorySegment xmp =
                MetadataEdit.apply(
                                picture.with(source),
                                picture,
                                MetadataPolicy.SAFE,
                                ImageFormat.PNG,
                                true,
                                warnings)
                        .xmp();
        assertThat(warnings).isEmpty();
        assertThat(
                        new String(
                                Objects.requireNonNull(xmp).toArray(ValueLayout.JAVA_BYTE),
                                StandardCharsets.UTF_8))
                .contains("c:Setting1999=\"+1\"", "a &amp; b\na &amp; b");
    }

    @Test
    void dropsXmpThatIsNestedTooDeep() {
        String rdf = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>";
        String text = rdf + "<r:li>".repeat(100_000) + "</r:li>".repeat(100_000) + "</r:RDF>";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(edit(null, bytes, null, MetadataPolicy.ALL).xmp()).isNull();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void dropsIptcThatIsCut() {
        byte[] dataset = {0x1C, 2, 80, 0, 3, 'a', 'b', 'c', 0, 0};
        assertThat(edit(null, null, dataset, MetadataPolicy.ALL).iptc()).isNotNull();
        for (int length = 1; length < 8; length++) {
            warnings.clear();
            byte[] cut = Arrays.copyOf(dataset, length);
            assertThat(edit(null, null, cut, MetadataPolicy.ALL).iptc()).isNull();
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void dropsTheThumbnailBeforeAllIfTheBlockDoesNotFitIntoASegment() throws PictureException {
        byte[] block = ExifBuilder.camera(ByteOrder.BIG_ENDIAN, 1, new byte[70_000]);
        MemorySegment made =
                Objects.requireNonNull(edit(block, null, null, MetadataPolicy.ALL).exif());
        assertThat(ExifReader.block(made).block().thumbnail).isNull();
        assertThat(ExifReader.block(made).block().exif).containsKey(ExifBlock.MAKER_NOTE);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JPEG", "PNG", "WEBP", "TIFF"})
    void survivesDamagedFiles(ImageFormat format) throws PictureException {
        byte[] iptc = {0x1C, 2, 80, 0, 3, 'a', 'b', 'c'};
        byte[] xmp =
                "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"
                        .getBytes(StandardCharsets.UTF_8);
        Metadata metadata =
                new Metadata(segment(camera(ByteOrder.LITTLE_ENDIAN)), segment(xmp), segment(iptc));
        MemorySegment plain = MemorySegment.ofArray(Fixtures.file(format));
        byte[] whole =
                MetadataPlaces.write(format, plain, metadata, workspace)
                        .toArray(ValueLayout.JAVA_BYTE);
        Metadata back = MetadataPlaces.read(format, MemorySegment.ofArray(whole), warnings);
        assertThat(back.exif()).isNotNull();
        assertThat(back.xmp()).isNotNull();
        assertThat(warnings).isEmpty();

        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] file =
                    i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = 8; flips > 0 && file.length > 0; flips--) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (file.length >= 8) {
                Metadata read = MetadataPlaces.read(format, MemorySegment.ofArray(file), warnings);
                MetadataEdit.apply(
                        picture.with(read), picture, MetadataPolicy.ALL, format, true, warnings);
            }
        }
    }

    @Test
    void readsTheTagsOfABigTiff() throws PictureException {
        byte[] artist = "somebody\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 43);
        file.putShort((short) 8).putShort((short) 0).putLong(16).putLong(1);
        file.putShort((short) ExifBlock.ARTIST).putShort((short) 2).putLong(9).putLong(51);
        file.position(51).put(artist);
        Metadata read =
                MetadataPlaces.read(
                        ImageFormat.TIFF, MemorySegment.ofArray(file.array()), warnings);
        ExifBlock block = ExifReader.block(Objects.requireNonNull(read.exif())).block();
        ExifEntry entry = Objects.requireNonNull(block.main.get(ExifBlock.ARTIST));
        assertThat(entry.bytes(ByteOrder.BIG_ENDIAN)).isEqualTo(artist);
        assertThat(warnings).isEmpty();
    }

    @Test
    void leavesOutWhatIsTooLarge() {
        byte[] large = new byte[(8 << 20) + 1];
        assertThat(edit(large, large, large, MetadataPolicy.ALL).isEmpty()).isTrue();
        assertThat(warnings).hasSize(3);
    }
}
