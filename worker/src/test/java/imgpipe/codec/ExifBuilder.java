package imgpipe.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Directories as cameras write them, laid out by hand: main, exif, gps, thumbnail. */
public final class ExifBuilder {
    /** Stands in every text. */
    public static final String MARK = "PLANTED";

    private final ByteOrder order;
    private final List<Tag> main = new ArrayList<>();
    private final List<Tag> exif = new ArrayList<>();
    private final List<Tag> gps = new ArrayList<>();
    private final List<Tag> preview = new ArrayList<>();
    private byte[] thumbnail = new byte[0];

    private record Tag(int number, int type, int count, List<Byte> value) {}

    private ExifBuilder(ByteOrder order) {
        this.order = order;
    }

    /** A block with something in every directory, and the mark in every text. */
    public static byte[] camera(ByteOrder order, int orientation, byte[] thumbnail) {
        ExifBuilder exif = new ExifBuilder(order);
        exif.text(exif.main, 0x010E, MARK + " description");
        exif.text(exif.main, 0x010F, MARK + " maker");
        exif.number(exif.main, 0x0112, 3, orientation);
        exif.fraction(exif.main, 0x011A, 72, 1);
        exif.text(exif.main, 0x013B, MARK + " artist");
        exif.text(exif.main, 0x8298, MARK + " copyright");
        exif.fraction(exif.exif, 0x829A, 1, 125);
        exif.number(exif.exif, 0x8827, 3, 400);
        exif.bytes(
                exif.exif, 0x927C, 7, (MARK + " maker note").getBytes(StandardCharsets.US_ASCII));
        exif.number(exif.exif, 0xA001, 3, 0xFFFF);
        exif.number(exif.exif, 0xA002, 4, 4000);
        exif.number(exif.exif, 0xA003, 4, 3000);
        exif.bytes(exif.gps, 0x0000, 1, new byte[] {2, 3, 0, 0});
        exif.text(exif.gps, 0x0001, "N");
        exif.bytes(exif.gps, 0x0002, 5, exif.numbers(48, 1, 12, 1, 30, 1));
        exif.text(exif.gps, 0x0003, "E");
        exif.bytes(exif.gps, 0x0004, 5, exif.numbers(11, 1, 34, 1, 15, 1));
        exif.text(exif.gps, 0x0012, MARK + " datum");
        exif.number(exif.preview, 0x0103, 3, 6);
        exif.thumbnail = thumbnail;
        return exif.block();
    }

    private void text(List<Tag> to, int tag, String text) {
        bytes(to, tag, 2, (text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private void number(List<Tag> to, int tag, int type, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(type == 3 ? 2 : 4).order(order);
        if (type == 3) {
            bytes.putShort((short) value);
        } else {
            bytes.putInt(value);
        }
        bytes(to, tag, type, bytes.array());
    }

    private void fraction(List<Tag> to, int tag, int above, int below) {
        bytes(to, tag, 5, numbers(above, below));
    }

    private byte[] numbers(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private void bytes(List<Tag> to, int tag, int type, byte[] value) {
        List<Byte> list = new ArrayList<>();
        for (byte b : value) {
            list.add(b);
        }
        int unit = type == 3 ? 2 : type == 4 ? 4 : type == 5 ? 8 : 1;
        to.add(new Tag(tag, type, value.length / unit, list));
    }

    private byte[] block() {
        number(main, 0x8769, 4, 0);
        number(main, 0x8825, 4, 0);
        number(preview, 0x0201, 4, 0);
        number(preview, 0x0202, 4, thumbnail.length);
        int exifAt = 8 + length(main);
        int gpsAt = exifAt + length(exif);
        int previewAt = gpsAt + length(gps);
        int thumbnailAt = previewAt + length(preview);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")
                        .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(6).order(order).putShort((short) 42).putInt(8).array());
        out.writeBytes(directory(main, 8, previewAt, exifAt, gpsAt));
        out.writeBytes(directory(exif, exifAt, 0, 0, 0));
        out.writeBytes(directory(gps, gpsAt, 0, 0, 0));
        out.writeBytes(directory(preview, previewAt, 0, thumbnailAt, 0));
        out.writeBytes(thumbnail);
        return out.toByteArray();
    }

    private static int length(List<Tag> tags) {
        return 6 + 12 * tags.size() + tags.stream().mapToInt(tag -> outside(tag)).sum();
    }

    private static int outside(Tag tag) {
        int length = tag.value().size();
        return length <= 4 ? 0 : length + (length & 1);
    }

    private byte[] directory(List<Tag> tags, int at, int next, int first, int second) {
        List<Tag> sorted = new ArrayList<>(tags);
        sorted.sort((a, b) -> Integer.compare(a.number(), b.number()));
        ByteBuffer out = ByteBuffer.allocate(length(tags)).order(order);
        out.putShort((short) tags.size());
        int value = 2 + 12 * tags.size() + 4;
        for (Tag tag : sorted) {
            int start = out.position();
            out.putShort((short) tag.number()).putShort((short) tag.type()).putInt(tag.count());
            boolean pointer = tag.number() == 0x8769 || tag.number() == 0x0201;
            if (pointer || tag.number() == 0x8825) {
                out.putInt(pointer ? first : second);
            } else if (tag.value().size() <= 4) {
                tag.value().forEach(out::put);
            } else {
                out.putInt(at + value);
                out.position(value);
                tag.value().forEach(out::put);
                value += outside(tag);
            }
            out.position(start + 12);
        }
        out.putInt(next);
        return out.array();
    }
}
