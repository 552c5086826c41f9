package imgpipe.report;

import java.time.Duration;
import java.util.Locale;

/** Quantities as people read them, the same in every locale. */
public final class Units {
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Units() {}

    /** A number of bytes in powers of 1000, with two or three digits: {@code 9.8 MB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        // 999.5 would be rounded to 1000 of the smaller unit.
        while (amount >= 999.5) {
            amount /= 1000;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : number(amount)) + " " + BYTES[unit];
    }

    /** A whole number with commas: {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** An amount with one decimal below 100, none above; the unit is the caller's. */
    public static String number(double amount) {
        return amount < 9.95 || (amount < 99.95 && amount != Math.rint(amount))
                ? String.format(Locale.ROOT, "%.1f", amount)
                : String.format(Locale.ROOT, "%,.0f", amount);
    }

    /** A time: {@code 850 ms}, {@code 9.1 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
    public static String time(Duration time) {
        long millis = Math.max(0, time.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        long tenths = Math.round(millis / 100.0);
        if (tenths < 600) {
            return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        long minutes = Math.round(seconds / 60.0);
        return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }

    /** How many a second; 0 for no time at all. */
    public static double rate(double amount, Duration time) {
        double seconds = time.toNanos() / 1e9;
        return seconds > 0 ? amount / seconds : 0;
    }

    /** A number and its noun: {@code 1 picture}, {@code 2 pictures}. */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
