package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import imgpipe.codec.ExifBuilder;
import imgpipe.codec.Jpegs;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From files to files; what is in them is read by a library that imgpipe does not use. */
class MetadataTest {
    private static final String MARK = ExifBuilder.MARK;
    private static final BufferedImage PHOTO =
            Jpegs.photo(120, 90, BufferedImage.TYPE_3BYTE_BGR, 5);
    private static final byte[] THUMBNAIL =
            Jpegs.join(
                    Jpegs.encode(Jpegs.photo(16, 12, BufferedImage.TYPE_3BYTE_BGR, 5), 0.5f, false),
                    (MARK + " behind the thumbnail").getBytes(StandardCharsets.US_ASCII));

    private static final String XMP =
            """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="PLANTED toolkit">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about="PLANTED about"
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
                xmlns:exif="http://ns.adobe.com/exif/1.0/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"
                xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
                xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
                xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
                tiff:Orientation="6" photoshop:City="PLANTED city"
                exif:GPSLatitude="PLANTED 48,12.5N" xmpRights:Marked="True"
                photoshop:Credit="PLANTED &lt;credit&gt;">
               <exif:PixelXDimension>4000</exif:PixelXDimension>
               <dc:creator><rdf:Seq><rdf:li>PLANTED creator &amp; co</rdf:li></rdf:Seq></dc:creator>
               <dc:description><rdf:Alt>
                <rdf:li xml:lang="x-default">PLANTED text</rdf:li></rdf:Alt></dc:description>
               <ext:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource">
                <ext:City>PLANTED place</ext:City></rdf:li></rdf:Bag></ext:LocationCreated>
               <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource">
                <xmpGImg:image>PLANTED</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>\
            """;

    @TempDir private Path folder;
    private Path out;
    private final Engine engine = Engine.create();

    @BeforeEach
    void makeFolder() throws IOException {
        out = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] iptc() {
        ByteArrayOutputStream datasets = new ByteArrayOutputStream();
        datasets.writeBytes(new byte[] {0x1C, 1, 90, 0, 3, 0x1B, 0x25, 0x47});
        for (int number : new int[] {5, 80, 90, 101, 110, 116, 120}) {
            byte[] text = (MARK + " " + number).getBytes(StandardCharsets.US_ASCII);
            datasets.writeBytes(
                    ByteBuffer.allocate(5 + text.length)
                            .put((byte) 0x1C)
                            .put((byte) 2)
                            .put((byte) number)
                            .putShort((short) text.length)
                            .put(text)
                            .array());
        }
        return datasets.toByteArray();
    }

    private static byte[] resources() {
        byte[] iptc = iptc();
        byte[] url = (MARK + " url!").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(24 + url.length + iptc.length + (iptc.length & 1))
                .put("8BIM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0x040B)
                .putShort((short) 0)
                .putInt(url.length)
                .put(url)
                .put("8BIM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0x0404)
                .putShort((short) 0)
                .putInt(iptc.length)
                .put(iptc)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] jpeg(ByteOrder order, int orientation) {
        byte[] exif = ExifBuilder.camera(order, orientation, THUMBNAIL);
        byte[] jpeg = Jpegs.encode(PHOTO, 0.8f, false);
        jpeg = Jpegs.withSegment(jpeg, 0xFE, ascii(MARK + " comment"));
        jpeg = Jpegs.withSegment(jpeg, 0xED, Jpegs.join(ascii("Photoshop 3.0\0"), resources()));
        jpeg =
                Jpegs.withSegment(
                        jpeg,
                        0xE1,
                        Jpegs.join(
                                ascii("http://ns.adobe.com/xap/1.0/\0"),
                                XMP.getBytes(StandardCharsets.UTF_8)));
        return Jpegs.withSegment(jpeg, 0xE1, Jpegs.join(ascii("Exif\0\0"), exif));
    }

    private Outcome.Done run(Path source, String... recipes) throws IOException {
        List<Rendition> renditions =
                List.of(recipes).stream().map(recipe -> new Rendition("/out/x", recipe)).toList();
        Task task =
                new Task(
                        7,
                        "x.jpg",
                        source.toUri().getRawPath(),
                        Files.size(source),
                        Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                        renditions);
        Outcome outcome = engine.run(task, Limits.DEFAULT, out);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private Path source(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("source"), bytes);
    }

    private Metadata made(int index) throws IOException {
        Path file = out.resolve("7-" + index);
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(file.toFile());
            for (Directory directory : metadata.getDirectories()) {
                assertThat(directory.getErrors()).as("%s", directory).isEmpty();
            }
            return metadata;
        } catch (ImageProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static <T extends Directory> T directory(Metadata metadata, Class<T> type) {
        T directory = metadata.getFirstDirectoryOfType(type);
        assertThat(directory).as(type.getSimpleName()).isNotNull();
        return directory;
    }

    private static Map<String, String> xmp(Metadata metadata) {
        return new TreeMap<>(directory(metadata, XmpDirectory.class).getXmpProperties());
    }

    private String text(int index) throws IOException {
        return Files.readString(out.resolve("7-" + index), StandardCharsets.ISO_8859_1);
    }

    @Test
    void leavesNoByteOfItWithoutAPolicy() throws IOException {
        Path source = source(jpeg(ByteOrder.BIG_ENDIAN, 6));
        assertThat(Files.readString(source, StandardCharsets.ISO_8859_1)).contains(MARK);
        run(source, "orient | jpeg", "jpeg metadata=none", "png", "webp", "tiff", "gif", "bmp");
        for (int i = 0; i < 7; i++) {
            assertThat(text(i)).doesNotContain(MARK).doesNotContain("Exif");
        }
    }

    @Test
    void leavesNoneInFormatsWithoutAPlaceForIt() throws IOException {
        run(source(jpeg(ByteOrder.BIG_ENDIAN, 6)), "gif metadata=all", "bmp metadata=all");
        assertThat(text(0)).doesNotContain(MARK);
        assertThat(text(1)).doesNotContain(MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "jpeg progressive", "png", "webp", "webp lossless", "tiff"})
    void carriesEverythingThatIsStillTrue(String format) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Path source = source(jpeg(order, 6));
            assertThat(
                            run(source, "orient | resize 60x60 | " + format + " metadata=all")
                                    .warnings())
                    .isEmpty();
            Metadata made = made(0);
            assertThat(ImageIO.read(out.resolve("7-0").toFile()).getWidth()).isEqualTo(45);

            ExifIFD0Directory main = directory(made, ExifIFD0Directory.class);
            assertThat(main.getInteger(ExifDirectoryBase.TAG_ORIENTATION)).isEqualTo(1);
            assertThat(main.getString(ExifDirectoryBase.TAG_ARTIST)).isEqualTo(MARK + " artist");
            assertThat(main.getString(ExifDirectoryBase.TAG_MAKE)).isEqualTo(MARK + " maker");
            assertThat(main.getDoubleObject(ExifDirectoryBase.TAG_X_RESOLUTION)).isEqualTo(72);
            ExifSubIFDDirectory exif = directory(made, ExifSubIFDDirectory.class);
            assertThat(exif.getInteger(ExifDirectoryBase.TAG_ISO_EQUIVALENT)).isEqualTo(400);
            assertThat(exif.getInteger(ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH)).isEqualTo(45);
            assertThat(exif.getInteger(ExifDirectoryBase.TAG_EXIF_IMAGE_HEIGHT)).isEqualTo(60);
            assertThat(exif.getDoubleObject(ExifDirectoryBase.TAG_EXPOSURE_TIME))
                    .isEqualTo(1 / 125.0);
            assertThat(directory(made, GpsDirectory.class).getGeoLocation().getLatitude())
                    .isEqualTo(48 + 12 / 60.0 + 30 / 3600.0);
            // Turned, so the thumbnail no longer shows it.
            assertThat(text(0)).contains(MARK + " maker note").doesNotContain("behind the thumb");

            assertThat(xmp(made))
                    .containsEntry("tiff:Orientation", "1")
                    .containsEntry("exif:PixelXDimension", "45")
                    .containsEntry("photoshop:City", MARK + " city")
                    .containsEntry("photoshop:Credit", MARK + " <credit>")
                    .containsEntry("dc:creator[1]", MARK + " creator & co")
                    .containsEntry("dc:description[1]", MARK + " text")
                    .doesNotContainKey("xmp:Thumbnails");
            if (format.startsWith("jpeg") || format.equals("tiff")) {
                assertThat(directory(made, IptcDirectory.class).getString(IptcDirectory.TAG_CITY))
                        .isEqualTo(MARK + " 90");
            }
        }
    }

    @Test
    void keepsNoThumbnailThatShowsWhatWasCutOff() throws IOException {
        run(
                source(jpeg(ByteOrder.LITTLE_ENDIAN, 1)),
                "resize 60x60 | jpeg metadata=all",
                "crop 50% | resize 60x60 | jpeg metadata=all",
                "flip horizontal | jpeg metadata=all");
        assertThat(text(0)).contains("behind the thumb");
        assertThat(text(1)).contains(MARK + " maker note").doesNotContain("behind the thumb");
        assertThat(text(2)).contains(MARK + " maker note").doesNotContain("behind the thumb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "webp", "tiff"})
    void leavesOutPlaceThumbnailAndMakerNoteWhenSafe(String format) throws IOException {
        run(
                source(jpeg(ByteOrder.LITTLE_ENDIAN, 1)),
                "resize 60x60 | " + format + " metadata=safe");
        Metadata made = made(0);
        assertThat(made.getFirstDirectoryOfType(GpsDirectory.class)).isNull();
        assertThat(made.getFirstDirectoryOfType(ExifThumbnailDirectory.class)).isNull();
        assertThat(text(0))
                .contains(MARK + " description")
                .doesNotContain(
                        MARK + " maker note",
                        MARK + " datum",
                        MARK + " city",
                        MARK + " place",
                        MARK + " 48,",
                        MARK + " 90",
                        MARK + " 101",
                        MARK + " url",
                        "behind the thumbnail",
                        MARK + "<");
        assertThat(xmp(made))
                .containsEntry("dc:description[1]", MARK + " text")
                .containsEntry("photoshop:Credit", MARK + " <credit>");
        if (format.equals("jpeg") || format.equals("tiff")) {
            IptcDirectory iptc = directory(made, IptcDirectory.class);
            assertThat(iptc.getString(IptcDirectory.TAG_CAPTION)).isEqualTo(MARK + " 120");
            assertThat(iptc.containsTag(IptcDirectory.TAG_CITY)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "webp", "tiff"})
    void keepsNothingButArtistAndCopyright(String format) throws IOException {
        run(
                source(jpeg(ByteOrder.LITTLE_ENDIAN, 6)),
                "orient | resize 60x60 | " + format + " metadata=copyright");
        Metadata made = made(0);
        ExifIFD0Directory main = directory(made, ExifIFD0Directory.class);
        assertThat(main.getString(ExifDirectoryBase.TAG_COPYRIGHT)).isEqualTo(MARK + " copyright");
        assertThat(main.getString(ExifDirectoryBase.TAG_ARTIST)).isEqualTo(MARK + " artist");
        assertThat(xmp(made))
                .containsEntry("dc:creator[1]", MARK + " creator & co")
                .containsEntry("xmpRights:Marked", "True")
                .hasSize(2);
        boolean iptc = format.equals("jpeg") || format.equals("tiff");
        assertThat(text(0).split(MARK, -1)).hasSize(1 + 3 + (iptc ? 3 : 0));
    }

    @Test
    void keepsTheThumbnailOfAPictureThatLooksTheSame() throws IOException {
        Path source = source(jpeg(ByteOrder.BIG_ENDIAN, 1));
        run(source, "resize 60x60 | jpeg metadata=all", "resize 60x60^ | jpeg metadata=all");
        assertThat(made(0).getFirstDirectoryOfType(ExifThumbnailDirectory.class)).isNotNull();
        assertThat(text(0)).contains(MARK + " behind the thumbnail");
        assertThat(made(1).getFirstDirectoryOfType(ExifThumbnailDirectory.class)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blur 20",
                "grey",
                "sharpen 2",
                "adjust saturation=0",
                "watermark MARK",
                "resize 60x60 | blur 5",
                "trim",
                "crop 80x60",
                "rotate 180"
            })
    void dropsTheThumbnailOfAPictureThatLooksOtherwise(String steps) throws IOException {
        Path mark = Files.write(folder.resolve("mark.jpg"), Jpegs.encode(PHOTO, 0.8f, false));
        String recipe = steps.replace("MARK", mark.toString());
        run(source(jpeg(ByteOrder.BIG_ENDIAN, 1)), recipe + " | jpeg metadata=all");
        assertThat(made(0).getFirstDirectoryOfType(ExifThumbnailDirectory.class)).isNull();
        assertThat(text(0)).doesNotContain("behind the thumbnail");
    }

    @Test
    void keepsTheOrientationOfAPictureThatIsNotTurned() throws IOException {
        Path source = source(jpeg(ByteOrder.BIG_ENDIAN, 6));
        run(source, "resize 60x60 | jpeg metadata=all", "jpeg metadata=copyright");
        for (int i = 0; i < 2; i++) {
            assertThat(
                            directory(made(i), ExifIFD0Directory.class)
                                    .getInteger(ExifDirectoryBase.TAG_ORIENTATION))
                    .isEqualTo(6);
        }
    }

    @Test
    void leavesTheMakerNoteWhereItsOffsetsCountFrom() throws IOException {
        byte[] bytes = jpeg(ByteOrder.BIG_ENDIAN, 6);
        run(source(bytes), "orient | jpeg metadata=all");
        String before = new String(bytes, StandardCharsets.ISO_8859_1);
        String after = text(0);
        assertThat(after.indexOf(MARK + " maker note") - after.indexOf("Exif\0\0"))
                .isEqualTo(before.indexOf(MARK + " maker note") - before.indexOf("Exif\0\0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "webp", "tiff", "jpeg"})
    void readsWhatItWrites(String format) throws IOException {
        run(source(jpeg(ByteOrder.LITTLE_ENDIAN, 8)), format + " metadata=all");
        Path second = Files.copy(out.resolve("7-0"), folder.resolve("second"));
        assertThat(run(second, "orient | jpeg metadata=all").warnings()).isEmpty();
        Metadata made = made(0);
        ExifIFD0Directory main = directory(made, ExifIFD0Directory.class);
        assertThat(main.getInteger(ExifDirectoryBase.TAG_ORIENTATION)).isEqualTo(1);
        assertThat(main.getString(ExifDirectoryBase.TAG_MAKE)).isEqualTo(MARK + " maker");
        assertThat(directory(made, GpsDirectory.class).getGeoLocation()).isNotNull();
        assertThat(
                        directory(made, ExifSubIFDDirectory.class)
                                .getInteger(ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH))
                .isEqualTo(90);
        assertThat(xmp(made)).containsEntry("dc:creator[1]", MARK + " creator & co");
    }
}
