package imgpipe.codec;

import imgpipe.image.IccProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ICC profiles for colors that a file describes by numbers (ITU-T H.273, 8.1 and 8.2) where it
 * embeds no profile: those with wider primaries than sRGB's and a curve like sRGB's. With curves of
 * high dynamic range there is none, as such pictures need more than a change of colors.
 */
public final class NclxProfile {
    private static final int BT2020 = 9;
    private static final int DISPLAY_P3 = 12;

    /** BT.709, unspecified, BT.601, sRGB, BT.2020: what screens show with sRGB's curve. */
    private static final Set<Integer> LIKE_SRGB = Set.of(1, 2, 6, 13, 14, 15);

    /** X, Y, Z of red, green and blue, adapted from D65 to D50 by Bradford's matrix. */
    private static final double[][] P3_COLORANTS = {
        {0.515119, 0.241189, -0.001050},
        {0.291978, 0.692244, 0.041879},
        {0.157103, 0.066567, 0.784071}
    };

    private static final double[][] BT2020_COLORANTS = {
        {0.673480, 0.279043, -0.001933},
        {0.165671, 0.675344, 0.029983},
        {0.125049, 0.045613, 0.796851}
    };

    private static final double[] D50 = {0.9642, 1, 0.8249};

    /** sRGB's curve as a parametric one of type 3: gamma, a, b, c, d (ICC.1:2022, 10.18). */
    private static final double[] SRGB_CURVE = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

    private static final int HEADER = 128;

    private static final Map<Integer, IccProfile> PROFILES =
            Map.of(
                    DISPLAY_P3, profile("Display P3", P3_COLORANTS),
                    BT2020, profile("BT.2020", BT2020_COLORANTS));

    private NclxProfile() {}

    /** The profile for these numbers; none if the colors are sRGB's or have no such profile. */
    public static Optional<IccProfile> of(int primaries, int transfer) {
        return LIKE_SRGB.contains(transfer)
                ? Optional.ofNullable(PROFILES.get(primaries))
                : Optional.empty();
    }

    /** A display profile of version 4 (ICC.1:2022, 7.2, 8.3.3 and 10). */
    private static IccProfile profile(String name, double[][] colorants) {
        byte[] curve = numbers("para", 3 << 16, SRGB_CURVE);
        String[] tags = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
        byte[][] data = {
            text(name),
            text("CC0"),
            xyz(D50),
            xyz(colorants[0]),
            xyz(colorants[1]),
            xyz(colorants[2]),
            curve,
            curve,
            curve
        };
        int size = HEADER + 4 + 12 * tags.length;
        for (byte[] tag : data) {
            size += tag.length;
        }
        ByteBuffer file = ByteBuffer.allocate(size);
        file.putInt(size).putInt(0).putInt(0x04300000);
        file.put(ascii("mntr")).put(ascii("RGB ")).put(ascii("XYZ "));
        file.position(36);
        file.put(ascii("acsp"));
        file.position(68);
        for (double part : D50) {
            file.putInt(fixed(part));
        }
        file.position(HEADER);
        file.putInt(tags.length);
        int offset = HEADER + 4 + 12 * tags.length;
        for (int i = 0; i < tags.length; i++) {
            file.put(ascii(tags[i])).putInt(offset).putInt(data[i].length);
            offset += data[i].length;
        }
        for (byte[] tag : data) {
            file.put(tag);
        }
        return new IccProfile(file.array());
    }

    private static byte[] xyz(double[] value) {
        ByteBuffer tag = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (double part : value) {
            tag.putInt(fixed(part));
        }
        return tag.array();
    }

    private static byte[] numbers(String type, int kind, double[] values) {
        ByteBuffer tag = ByteBuffer.allocate(12 + 4 * values.length);
        tag.put(ascii(type)).putInt(0).putInt(kind);
        for (double value : values) {
            tag.putInt(fixed(value));
        }
        return tag.array();
    }

    /** One record of English text in UTF-16 (ICC.1:2022, 10.15), padded to four bytes. */
    private static byte[] text(String text) {
        byte[] characters = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate((28 + characters.length + 3) / 4 * 4)
                .put(ascii("mluc"))
                .putInt(0)
                .putInt(1)
                .putInt(12)
                .put(ascii("enUS"))
                .putInt(characters.length)
                .putInt(28)
                .put(characters)
                .array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65536);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
