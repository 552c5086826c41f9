package imgpipe.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * ICC profiles of three colorants and one power curve, put together by hand (ICC.1:2022, 7.2, 8.3.3
 * and 10.6).
 */
public final class MatrixProfile {
    private MatrixProfile() {}

    /** Adobe RGB (1998): its colorants adapted to D50, and a gamma of 563/256. */
    public static byte[] adobeRgb() {
        double[][] colorants = {
            {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}
        };
        return rgb(colorants, 563);
    }

    /**
     * A display profile.
     *
     * @param colorants X, Y, Z of red, green and blue, adapted to D50
     * @param gamma in 256ths
     */
    public static byte[] rgb(double[][] colorants, int gamma) {
        String[] names = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "wtpt", "desc", "cprt"};
        byte[][] data = new byte[names.length][];
        for (int i = 0; i < 3; i++) {
            data[i] = xyz(colorants[i]);
            data[3 + i] =
                    ByteBuffer.allocate(16)
                            .put(ascii("curv"))
                            .putInt(0)
                            .putInt(1)
                            .putShort((short) gamma)
                            .array();
        }
        data[6] = xyz(new double[] {0.9642, 1, 0.8249});
        data[7] =
                ByteBuffer.allocate(104)
                        .put(ascii("desc"))
                        .putInt(0)
                        .putInt(5)
                        .put(ascii("test"))
                        .array();
        data[8] = ByteBuffer.allocate(12).put(ascii("text")).putInt(0).put(ascii("CC0")).array();
        return profile("RGB ", names, data);
    }

    /** A grey profile of one power curve; gamma in 256ths. */
    public static byte[] grey(int gamma) {
        byte[] curve =
                ByteBuffer.allocate(16)
                        .put(ascii("curv"))
                        .putInt(0)
                        .putInt(1)
                        .putShort((short) gamma)
                        .array();
        byte[] desc =
                ByteBuffer.allocate(104)
                        .put(ascii("desc"))
                        .putInt(0)
                        .putInt(5)
                        .put(ascii("test"))
                        .array();
        return profile(
                "GRAY",
                new String[] {"kTRC", "wtpt", "desc"},
                new byte[][] {curve, xyz(new double[] {0.9642, 1, 0.8249}), desc});
    }

    private static byte[] profile(String space, String[] names, byte[][] data) {
        int size = 128 + 4 + 12 * names.length;
        for (byte[] tag : data) {
            size += tag.length;
        }
        ByteBuffer file = ByteBuffer.allocate(size);
        file.putInt(size).put(ascii("lcms")).putInt(0x02100000).put(ascii("mntr"));
        file.put(ascii(space)).put(ascii("XYZ "));
        file.position(36);
        file.put(ascii("acsp"));
        file.position(68);
        file.putInt(0xF6D6).putInt(0x10000).putInt(0xD32D);
        file.position(128);
        file.putInt(names.length);
        int offset = 128 + 4 + 12 * names.length;
        for (int i = 0; i < names.length; i++) {
            file.put(ascii(names[i])).putInt(offset).putInt(data[i].length);
            offset += data[i].length;
        }
        for (byte[] tag : data) {
            file.put(tag);
        }
        return file.array();
    }

    private static byte[] xyz(double[] value) {
        ByteBuffer tag = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (double part : value) {
            tag.putInt((int) Math.round(part * 65536));
        }
        return tag.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
