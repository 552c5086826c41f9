package imgpipe.engine;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/**
 * Small files, put together by hand after their formats' descriptions, that would take gigabytes or
 * hours if what they say were believed. Their names begin with what they are to come to: {@code
 * refused} for no picture at all, {@code made} for a small picture with something beside it that is
 * left alone.
 */
@SuppressWarnings("ByteBufferBackingArray") // none of them is a part of another
final class Bombs {
    private static final int MEGABYTE = 1_000_000;

    private Bombs() {}

    /** All of them by name. */
    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        jpeg(all);
        png(all);
        gif(all);
        webp(all);
        tiff(all);
        others(all);
        return all;
    }

    private static void jpeg(Map<String, byte[]> all) throws IOException {
        all.put("refused-65500.jpg", join(jpegHead(0xC0, 65500, 65500, 3), scan(3), eoi()));
        all.put("refused-65500-progressive.jpg", join(jpegHead(0xC2, 65500, 65500, 3), eoi()));
        ByteArrayOutputStream scans = new ByteArrayOutputStream();
        scans.writeBytes(jpegHead(0xC2, 8000, 8000, 1));
        for (int i = 0; i < 10_000; i++) {
            scans.writeBytes(scan(1));
        }
        all.put("refused-10000-scans.jpg", join(scans.toByteArray(), eoi()));
        all.put(
                "refused-10000-sequential-scans.jpg",
                join(
                        jpegHead(0xC0, 8000, 8000, 3),
                        Arrays.copyOfRange(scans.toByteArray(), 17, scans.size()),
                        eoi()));
        byte[] small = small("jpeg");
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (int part = 1; part <= 255; part++) {
            byte[] chunk = new byte[65533];
            byte[] name = ascii("ICC_PROFILE\0");
            System.arraycopy(name, 0, chunk, 0, name.length);
            chunk[name.length] = (byte) part;
            chunk[name.length + 1] = (byte) 255;
            profile.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE2, (byte) 0xFF, (byte) 0xFF});
            profile.writeBytes(chunk);
        }
        all.put(
                "made-17-MB-of-profile.jpg",
                join(
                        Arrays.copyOf(small, 2),
                        profile.toByteArray(),
                        Arrays.copyOfRange(small, 2, small.length)));
    }

    private static byte[] jpegHead(int marker, int width, int height, int components) {
        ByteBuffer head = ByteBuffer.allocate(2 + 10 + 3 * components);
        head.putShort((short) 0xFFD8).put((byte) 0xFF).put((byte) marker);
        head.putShort((short) (8 + 3 * components)).put((byte) 8);
        head.putShort((short) height).putShort((short) width).put((byte) components);
        for (int i = 1; i <= components; i++) {
            head.put((byte) i).put((byte) 0x11).put((byte) 0);
        }
        return head.array();
    }

    private static byte[] scan(int components) {
        ByteBuffer scan = ByteBuffer.allocate(2 + 6 + 2 * components);
        scan.putShort((short) 0xFFDA).putShort((short) (6 + 2 * components));
        scan.put((byte) components);
        for (int i = 1; i <= components; i++) {
            scan.put((byte) i).put((byte) 0);
        }
        return scan.put((byte) 0).put((byte) 0).put((byte) 0).array();
    }

    private static byte[] eoi() {
        return new byte[] {(byte) 0xFF, (byte) 0xD9};
    }

    private static void png(Map<String, byte[]> all) throws IOException {
        byte[] pixels = deflated(1200);
        all.put("refused-20000.png", png(20_000, 20_000, pixels));
        all.put("refused-65535.png", png(65_535, 65_535, pixels));
        all.put("refused-65536-wide.png", png(65_536, 16, pixels));
        all.put("refused-2-billion.png", png(Integer.MAX_VALUE, Integer.MAX_VALUE, pixels));
        all.put("refused-short-pixels.png", png(5_000, 5_000, deflated(3)));
        byte[] bomb = deflated(400);
        byte[] one = new byte[] {0, 1, 2, 3};
        all.put(
                "made-400-MB-of-text.png",
                png(1, 1, deflate(one), "zTXt", join(ascii("Comment\0\0"), bomb)));
        all.put(
                "made-400-MB-of-XMP.png",
                png(1, 1, deflate(one), "iTXt", join(ascii("XML:com.adobe.xmp\0\1\0\0\0"), bomb)));
        all.put(
                "made-400-MB-of-profile.png",
                png(1, 1, deflate(one), "iCCP", join(ascii("icc\0\0"), bomb)));
        byte[] exif =
                ByteBuffer.allocate(26)
                        .put(ascii("MM"))
                        .putShort((short) 42)
                        .putInt(8)
                        .putShort((short) 1)
                        .putShort((short) 0x8769)
                        .putShort((short) 4)
                        .putInt(-1)
                        .putInt(8)
                        .putInt(8)
                        .array();
        all.put("made-endless-EXIF.png", png(1, 1, deflate(one), "eXIf", exif));
        byte[] frames = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).array();
        all.put("made-2-billion-frames.png", png(1, 1, deflate(one), "acTL", frames));
    }

    private static byte[] png(int width, int height, byte[] pixels, Object... chunk) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        if (chunk.length > 0) {
            chunk(file, (String) chunk[0], (byte[]) chunk[1]);
        }
        chunk(file, "IDAT", pixels);
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        byte[] named = join(ascii(type), content);
        CRC32 crc = new CRC32();
        crc.update(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static void gif(Map<String, byte[]> all) {
        byte[] frame = gifFrame(1, 1);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(gifHead(1, 1));
        for (int i = 0; i < 100_000; i++) {
            frames.writeBytes(frame);
        }
        all.put("refused-100000-frames.gif", join(frames.toByteArray(), ascii(";")));
        all.put("refused-100001-frames.gif", join(frames.toByteArray(), frame, ascii(";")));
        all.put(
                "refused-frame-larger-than-screen.gif",
                join(gifHead(1, 1), gifFrame(65_535, 65_535), ascii(";")));
        all.put("refused-65535.gif", join(gifHead(65_535, 65_535), frame, ascii(";")));
        all.put(
                "refused-65535-without-screen.gif",
                join(gifHead(0, 0), gifFrame(65_535, 65_535), ascii(";")));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(gifHead(4000, 4000));
        for (int i = 0; i < 900; i++) {
            many.writeBytes(frame);
        }
        all.put("refused-900-large-frames.gif", join(many.toByteArray(), ascii(";")));
    }

    private static byte[] gifHead(int width, int height) {
        return little(19)
                .put(ascii("GIF89a"))
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1})
                .array();
    }

    private static byte[] gifFrame(int width, int height) {
        return little(15)
                .put((byte) 0x2C)
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[] {0, 2, 2, 0x4C, 1, 0})
                .array();
    }

    private static void webp(Map<String, byte[]> all) {
        byte[] lossless = webpChunk("VP8L", new byte[] {0x2F, 0, 0, 0, 0, 8, 8, 8, 8, 8});
        byte[] largest =
                webpChunk("VP8L", new byte[] {0x2F, -1, -1, -1, 0x0F, 8, 8, 8, 8, 8, 8, 8});
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(vp8x(0x02, 1, 1));
        frames.writeBytes(webpChunk("ANIM", new byte[6]));
        for (int i = 0; i < 20_000; i++) {
            frames.writeBytes(webpChunk("ANMF", join(new byte[16], lossless)));
        }
        all.put("refused-20000-frames.webp", webpFile(frames.toByteArray()));
        all.put("refused-16-million.webp", webpFile(vp8x(0, 1 << 24, 1 << 24), lossless));
        all.put("refused-16384.webp", webpFile(largest));
        all.put("refused-larger-than-canvas.webp", webpFile(vp8x(0, 10, 10), largest));
        byte[] lossy =
                little(12)
                        .put(new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A})
                        .putShort((short) 16383)
                        .putShort((short) 16383)
                        .array();
        all.put(
                "refused-lossy-larger-than-canvas.webp",
                webpFile(vp8x(0, 10, 10), webpChunk("VP8 ", lossy)));
        byte[] large = new byte[16];
        Arrays.fill(large, 6, 12, (byte) 0xFF);
        all.put(
                "refused-frame-larger-than-canvas.webp",
                webpFile(
                        vp8x(0x02, 10, 10),
                        webpChunk("ANIM", new byte[6]),
                        webpChunk("ANMF", join(large, largest))));
    }

    private static byte[] vp8x(int flags, int width, int height) {
        ByteBuffer body = little(10).putInt(flags);
        body.putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
        body.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
        return webpChunk("VP8X", body.array());
    }

    private static byte[] webpChunk(String type, byte[] body) {
        byte[] padding = new byte[body.length & 1];
        return join(ascii(type), little(4).putInt(body.length).array(), body, padding);
    }

    private static byte[] webpFile(byte[]... chunks) {
        byte[] body = join(ascii("WEBP"), join(chunks));
        return join(ascii("RIFF"), little(4).putInt(body.length).array(), body);
    }

    private static void tiff(Map<String, byte[]> all) {
        int[] picture = {258, 8, 259, 1, 262, 1, 277, 1};
        all.put("refused-60000.tif", tiff(60_000, 60_000, 100, 1, picture));
        all.put("refused-4-billion.tif", tiff(-1, -1, 100, 1, picture));
        all.put("refused-strip-of-4-GB.tif", tiff(100, 100, -1, 1, picture));
        all.put("refused-4-billion-strips.tif", tiff(100, 100, 100, -1, picture));
        byte[] deflated = tiff(5_000, 5_000, 100, 1, new int[] {258, 8, 259, 8, 262, 1, 277, 1});
        all.put("refused-short-pixels.tif", deflated);
        byte[] samples = tiff(100, 100, 100, 1, new int[] {258, 8, 259, 1, 262, 1, 277, 65_535});
        all.put("refused-65535-samples.tif", samples);
        ByteBuffer entries = little(14).put(ascii("II")).putShort((short) 42).putInt(8);
        all.put("refused-65535-entries.tif", entries.putShort((short) -1).array());
        all.put(
                "refused-directory-of-4-billion.tif",
                little(24)
                        .put(ascii("II"))
                        .putShort((short) 43)
                        .putShort((short) 8)
                        .putShort((short) 0)
                        .putLong(16)
                        .putLong(0xFFFFFFFFL)
                        .array());
    }

    /** Its next directory is itself. */
    private static byte[] tiff(
            int width, int height, int stripBytes, int strips, int[] tagsAndValues) {
        int entries = 5 + tagsAndValues.length / 2;
        ByteBuffer file = little(8 + 2 + 12 * entries + 4);
        file.put(ascii("II")).putShort((short) 42).putInt(8).putShort((short) entries);
        entry(file, 256, 1, width);
        entry(file, 257, 1, height);
        int at = 0;
        for (; at < 6; at += 2) {
            entry(file, tagsAndValues[at], 1, tagsAndValues[at + 1]);
        }
        entry(file, 273, strips, 8);
        entry(file, tagsAndValues[at], 1, tagsAndValues[at + 1]);
        entry(file, 278, 1, height);
        entry(file, 279, strips, stripBytes);
        return file.putInt(8).array();
    }

    private static void entry(ByteBuffer file, int tag, int count, int value) {
        file.putShort((short) tag).putShort((short) 4).putInt(count).putInt(value);
    }

    private static void others(Map<String, byte[]> all) {
        for (int side : new int[] {100_000, Integer.MAX_VALUE}) {
            ByteBuffer bmp = little(154).put(ascii("BM")).putInt(154).putInt(0).putInt(54);
            bmp.putInt(40).putInt(side).putInt(side).putShort((short) 1).putShort((short) 24);
            all.put("refused-" + side + ".bmp", bmp.array());
            byte[] header =
                    little(60).putInt(40).putInt(side).putInt(side).putInt(0x200001).array();
            ByteBuffer icon = little(82).putShort((short) 0).putShort((short) 1);
            icon.putShort((short) 1).putInt(0).putShort((short) 1).putShort((short) 32);
            all.put("refused-" + side + ".ico", icon.putInt(60).putInt(22).put(header).array());
            String sides = side + " " + side + " 255\n";
            all.put("refused-" + side + ".ppm", ascii("P6 " + sides + "xxx"));
            all.put("refused-" + side + ".pgm", ascii("P5 " + sides + "xxx"));
            String rows = "-Y " + side + " +X " + side + "\n";
            all.put(
                    "refused-" + side + ".hdr",
                    ascii("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n" + rows + "xxxx"));
            ByteBuffer psd = ByteBuffer.allocate(40).put(ascii("8BPS")).putShort((short) 1);
            psd.position(12);
            psd.putShort((short) 3).putInt(side).putInt(side).putShort((short) 8);
            all.put("refused-" + side + ".psd", psd.putShort((short) 3).array());
        }
        ByteBuffer channels = ByteBuffer.allocate(40).put(ascii("8BPS")).putShort((short) 1);
        channels.position(12);
        channels.putShort((short) 65_535).putInt(30_000).putInt(30_000).putShort((short) 8);
        all.put("refused-65535-channels.psd", channels.putShort((short) 3).array());
        byte[] icon = png(20_000, 20_000, new byte[] {0});
        ByteBuffer ico = little(22 + icon.length).putShort((short) 0).putShort((short) 1);
        ico.putShort((short) 1).putInt(0).putShort((short) 1).putShort((short) 32);
        all.put("refused-png-inside.ico", ico.putInt(icon.length).putInt(22).put(icon).array());
        byte[] entry = ByteBuffer.allocate(8).put(ascii("ic07")).putInt(8 + icon.length).array();
        byte[] family = ByteBuffer.allocate(8).put(ascii("icns")).putInt(16 + icon.length).array();
        all.put("refused-png-inside.icns", join(family, entry, icon));
        ByteBuffer pcx = little(128).put(new byte[] {10, 5, 1, 8}).putInt(0).putInt(-1);
        all.put("refused-65536.pcx", pcx.put(65, (byte) 3).putShort(66, (short) -2).array());
        ByteBuffer sgi = ByteBuffer.allocate(600).putShort((short) 474).put((byte) 0);
        sgi.put((byte) 1).putShort((short) 3).putShort((short) -1).putShort((short) -1);
        all.put("refused-65535.sgi", sgi.putShort((short) 3).putInt(0).putInt(255).array());
        ByteBuffer tga = little(60).put(new byte[] {0, 0, 2}).putShort(12, (short) -1);
        tga.putShort(14, (short) -1).put(16, (byte) 24).position(34);
        all.put("refused-65535.tga", join(tga.array(), tgaFooter()));
        ByteBuffer icns = ByteBuffer.allocate(24).put(ascii("icns")).putInt(Integer.MAX_VALUE);
        all.put("refused-2-GB.icns", icns.put(ascii("it32")).putInt(Integer.MAX_VALUE - 8).array());
    }

    private static byte[] tgaFooter() {
        return join(new byte[8], ascii("TRUEVISION-XFILE.\0"));
    }

    private static byte[] small(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR), format, out);
        return out.toByteArray();
    }

    /** So many megabytes of zeros, in a thousandth of it. */
    private static byte[] deflated(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            byte[] zeros = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                deflater.write(zeros);
            }
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
