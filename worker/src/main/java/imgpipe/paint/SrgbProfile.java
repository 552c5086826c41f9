package imgpipe.paint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Recognises sRGB among ICC profiles without running any: by the three colorants and the curves of
 * a matrix profile (ICC.1:2022, 8.3.3). Cameras, phones and editors write dozens of different sRGB
 * profiles.
 */
final class SrgbProfile {
    private static final int HEADER = 128;
    private static final int RGB = tag("RGB ");
    private static final int MOST_TAGS = 100;

    /** sRGB's primaries adapted to D50 (IEC 61966-2-1 with Bradford's matrix), by rows. */
    private static final double[][] COLORANTS = {
        {0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}
    };

    private static final double COLORANT_TOLERANCE = 0.003;

    /** Of the signal: less than what two neighbouring 8-bit values differ by. */
    private static final double CURVE_TOLERANCE = 0.004;

    private final ByteBuffer bytes;

    private SrgbProfile(byte[] profile) {
        bytes = ByteBuffer.wrap(profile);
    }

    /** Whether a picture with this profile may be taken for sRGB as it is. */
    static boolean matches(byte[] profile) {
        try {
            return new SrgbProfile(profile).matches();
        } catch (IndexOutOfBoundsException | BufferUnderflowException damaged) {
            return false;
        }
    }

    private boolean matches() {
        if (bytes.getInt(16) != RGB || find("A2B0") >= 0) {
            return false;
        }
        String[] primaries = {"r", "g", "b"};
        for (int i = 0; i < 3; i++) {
            int colorant = find(primaries[i] + "XYZ");
            int curve = find(primaries[i] + "TRC");
            if (colorant < 0 || curve < 0 || !near(colorant, COLORANTS[i]) || !curve(curve)) {
                return false;
            }
        }
        return true;
    }

    /** Offset of a tag's data, -1 if there is none. */
    private int find(String name) {
        int wanted = tag(name);
        int count = Math.min(MOST_TAGS, bytes.getInt(HEADER));
        for (int i = 0; i < count; i++) {
            int entry = HEADER + 4 + 12 * i;
            if (bytes.getInt(entry) == wanted) {
                return bytes.getInt(entry + 4);
            }
        }
        return -1;
    }

    private boolean near(int offset, double[] wanted) {
        for (int i = 0; i < 3; i++) {
            if (Math.abs(fixed(offset + 8 + 4 * i) - wanted[i]) > COLORANT_TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private boolean curve(int offset) {
        for (int i = 0; i <= 64; i++) {
            double signal = i / 64.0;
            double light = light(offset, signal);
            if (Math.abs(signal(light) - signal) > CURVE_TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** The tag's curve at a signal of 0 to 1 (ICC.1:2022, 10.6 and 10.18). */
    private double light(int offset, double signal) {
        if (bytes.getInt(offset) == tag("para")) {
            return parametric(offset, signal);
        }
        if (bytes.getInt(offset) != tag("curv")) {
            return Double.NaN;
        }
        int count = bytes.getInt(offset + 8);
        if (count < 2) {
            double gamma = count == 0 ? 1 : u16(offset + 12) / 256.0;
            return Math.pow(signal, gamma);
        }
        double at = signal * (count - 1);
        int low = Math.min((int) at, count - 2);
        double below = u16(offset + 12 + 2 * low) / 65535.0;
        double above = u16(offset + 14 + 2 * low) / 65535.0;
        return below + (above - below) * (at - low);
    }

    private double parametric(int offset, double signal) {
        int kind = u16(offset + 8);
        double[] p = new double[7];
        int[] counts = {1, 3, 4, 5, 7};
        for (int i = 0; kind < counts.length && i < counts[kind]; i++) {
            p[i] = fixed(offset + 12 + 4 * i);
        }
        return switch (kind) {
            case 0 -> Math.pow(signal, p[0]);
            case 3 -> signal >= p[4] ? Math.pow(p[1] * signal + p[2], p[0]) : p[3] * signal;
            case 4 ->
                    signal >= p[4]
                            ? Math.pow(p[1] * signal + p[2], p[0]) + p[5]
                            : p[3] * signal + p[6];
            default -> Double.NaN;
        };
    }

    /** sRGB's own curve, from light to signal. */
    private static double signal(double light) {
        if (Double.isNaN(light)) {
            return Double.POSITIVE_INFINITY;
        }
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    private double fixed(int offset) {
        return bytes.getInt(offset) / 65536.0;
    }

    private int u16(int offset) {
        return bytes.getShort(offset) & 0xFFFF;
    }

    private static int tag(String name) {
        return (name.charAt(0) << 24)
                | (name.charAt(1) << 16)
                | (name.charAt(2) << 8)
                | name.charAt(3);
    }
}
