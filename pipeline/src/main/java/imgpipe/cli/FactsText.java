package imgpipe.cli;

import imgpipe.codec.PictureFacts;
import imgpipe.codec.ProfileName;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Size;
import imgpipe.job.ReadableName;
import imgpipe.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The facts about a picture as a row of a table. */
final class FactsText {
    private static final int LONGEST_PROFILE = 28;

    private FactsText() {}

    /**
     * The row: name; format and size; how pixels are stored; profile; metadata; size of the file.
     */
    static List<String> row(String name, PictureFacts facts, long bytes) {
        return List.of(
                name,
                sizes(facts),
                String.join(" ", pixels(facts)),
                profile(facts),
                metadata(facts.metadata()),
                Units.bytes(bytes));
    }

    private static String sizes(PictureFacts facts) {
        Size stored = facts.header().size();
        Size upright = upright(facts);
        return facts.header().format().toString().toUpperCase(Locale.ROOT)
                + " "
                + stored
                + (upright.equals(stored) ? "" : " (upright " + upright + ")");
    }

    /** The size after the picture was turned as its orientation says. */
    static Size upright(PictureFacts facts) {
        Size stored = facts.header().size();
        return facts.header().orientation().transposes() ? stored.turned() : stored;
    }

    private static List<String> pixels(PictureFacts facts) {
        PictureFacts.Pixels pixels = facts.pixels();
        List<String> words = new ArrayList<>();
        if (pixels.bits() != 0 && pixels.bits() != 8) {
            words.add(pixels.bits() + "-bit");
        }
        String chroma = pixels.chroma();
        if (chroma == null || !pixels.color().equals("YCbCr")) {
            words.add(pixels.color());
        }
        if (chroma != null) {
            words.add(chroma);
        }
        if (pixels.alpha()) {
            words.add("alpha");
        }
        if (!pixels.coding().equals("baseline")) {
            words.add(pixels.coding());
        }
        Integer loops = facts.loops();
        if (facts.frames() > 1 || loops != null) {
            words.add(Units.counted(facts.frames(), part(facts.header().format())));
        }
        if (loops != null && loops != 1) {
            words.add(loops == 0 ? "looping" : "x " + Units.count(loops));
        }
        words.removeIf(String::isEmpty);
        return words;
    }

    private static String part(ImageFormat format) {
        return switch (format) {
            case TIFF, PCX -> "page";
            case ICO, ICNS -> "size";
            default -> "frame";
        };
    }

    private static String profile(PictureFacts facts) {
        if (facts.profile() == null) {
            return "";
        }
        String name = ReadableName.oneLine(ProfileName.of(facts.profile()).orElse("ICC profile"));
        return name.length() <= LONGEST_PROFILE
                ? name
                : name.substring(0, LONGEST_PROFILE - 3) + "...";
    }

    private static String metadata(Metadata metadata) {
        List<String> kinds = new ArrayList<>();
        if (metadata.exif() != null) {
            kinds.add("exif");
        }
        if (metadata.xmp() != null) {
            kinds.add("xmp");
        }
        if (metadata.iptc() != null) {
            kinds.add("iptc");
        }
        return String.join(" ", kinds);
    }
}
