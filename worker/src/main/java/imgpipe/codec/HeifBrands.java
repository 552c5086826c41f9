package imgpipe.codec;

import imgpipe.image.ImageFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells HEIC from AVIF, and both from other files of ISO base media, by the brands in the box that
 * such a file begins with (ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, annex B; AV1 Image File Format,
 * section 6).
 *
 * <pre>
 *     length (32 bits) "ftyp" major brand, minor version (32 bits), compatible brands …
 * </pre>
 */
final class HeifBrands {
    private static final Set<String> HEVC =
            Set.of("heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs");
    private static final Set<String> AV1 = Set.of("avif", "avis");

    /** They say how a file is built, not what with. */
    private static final Set<String> STRUCTURE = Set.of("mif1", "mif2", "msf1", "miaf");

    private static final int MAJOR = 8;
    private static final int COMPATIBLE = 16;
    private static final int LENGTH = 4;

    /** More brands than any file has; the length may be damaged. */
    private static final int MOST = 64;

    private HeifBrands() {}

    /** HEIC, AVIF, or null for neither. */
    static @Nullable ImageFormat of(Bytes file) {
        if (!file.is(4, "ftyp") || file.size() < COMPATIBLE) {
            return null;
        }
        try {
            String major = brand(file, MAJOR);
            if (!STRUCTURE.contains(major)) {
                return format(major);
            }
            long end = Math.min(file.u32(0), COMPATIBLE + (long) LENGTH * MOST);
            for (long at = COMPATIBLE; at + LENGTH <= Math.min(end, file.size()); at += LENGTH) {
                ImageFormat format = format(brand(file, at));
                if (format != null) {
                    return format;
                }
            }
            return ImageFormat.HEIC;
        } catch (PictureException cut) {
            return null;
        }
    }

    private static @Nullable ImageFormat format(String brand) {
        if (HEVC.contains(brand)) {
            return ImageFormat.HEIC;
        }
        return AV1.contains(brand) ? ImageFormat.AVIF : null;
    }

    private static String brand(Bytes file, long at) throws PictureException {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            name.append((char) file.u8(at + i));
        }
        return name.toString();
    }
}
