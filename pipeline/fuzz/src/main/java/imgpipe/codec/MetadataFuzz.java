package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * EXIF, XMP and IPTC on their way from one file into another, and profiles' names. Nothing is
 * thrown; what came through the filter is not damaged, comes through again as it is, and is found
 * in the file that it was written to.
 */
public final class MetadataFuzz {
    private static final ImageFormat[] FORMATS = {
        ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.TIFF
    };

    private static final List<MetadataPolicy> POLICIES = List.of(MetadataPolicy.values());

    private static final Workspace WORKSPACE = new Workspace();
    private static final Picture PICTURE =
            Picture.of(
                    new Size(4, 3),
                    ColorModel.GREY,
                    false,
                    List.of(Plane.allocate(new Workspace(), 4, 3)));

    private MetadataFuzz() {}

    /**
     * The first byte says what the others are (EXIF, XMP, IPTC, a profile or a whole file), the
     * policy, and the format that is written.
     */
    public static void fuzzerTestOneInput(byte[] data) throws PictureException {
        if (data.length == 0) {
            return;
        }
        WORKSPACE.reset();
        MemorySegment block = WORKSPACE.allocate(data.length - 1);
        MemorySegment.copy(MemorySegment.ofArray(data), 1, block, 0, data.length - 1);
        int choice = Byte.toUnsignedInt(data[0]);
        MetadataPolicy policy = POLICIES.get(choice / 32 % 4);
        ImageFormat format = FORMATS[choice / 8 % 4];
        List<String> warnings = new ArrayList<>();
        Metadata source =
                switch (choice % 8) {
                    case 0 -> new Metadata(block, null, null);
                    case 1 -> new Metadata(null, block, null);
                    case 2 -> new Metadata(null, null, block);
                    case 3 -> {
                        ProfileName.of(new IccProfile(block.toArray(ValueLayout.JAVA_BYTE)));
                        yield Metadata.NONE;
                    }
                    default -> MetadataPlaces.read(FORMATS[choice % 4], block, warnings);
                };
        Metadata made =
                MetadataEdit.apply(PICTURE.with(source), PICTURE, policy, format, true, warnings);
        warnings.clear();
        Metadata again =
                MetadataEdit.apply(PICTURE.with(made), PICTURE, policy, format, true, warnings);
        same(made, again, "filtered again");
        if (!warnings.isEmpty()) {
            throw new IllegalStateException("of its own making it says: " + warnings);
        }
        if (format != ImageFormat.TIFF) {
            MemorySegment file = MetadataPlaces.write(format, empty(format), made, WORKSPACE);
            same(made, MetadataPlaces.read(format, file, warnings), "read back from " + format);
        }
    }

    /** Enough of a file for its reader of metadata. */
    private static MemorySegment empty(ImageFormat format) {
        return MemorySegment.ofArray(
                switch (format) {
                    case JPEG -> bytes("ffd8ffda");
                    case PNG ->
                            bytes(
                                    "89504e470d0a1a0a0000000d4948445200000004000000030800000000"
                                            + "00000000"
                                            + "0000000049454e44ae426082");
                    default ->
                            bytes(
                                    "524946461600000057454250"
                                            + "56503858"
                                            + "0a00000000000000030000020000");
                });
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }

    private static void same(Metadata before, Metadata after, String what) {
        if (!same(before.exif(), after.exif())
                || !same(before.xmp(), after.xmp())
                || !same(before.iptc(), after.iptc())) {
            throw new IllegalStateException(what + ": " + text(before) + " became " + text(after));
        }
    }

    private static boolean same(@Nullable MemorySegment one, @Nullable MemorySegment other) {
        return (one == null || other == null)
                ? Objects.equals(one, other)
                : one.mismatch(other) < 0;
    }

    private static String text(Metadata metadata) {
        return text(metadata.exif()) + text(metadata.xmp()) + text(metadata.iptc());
    }

    private static String text(@Nullable MemorySegment block) {
        return block == null ? "[none]" : Arrays.toString(block.toArray(ValueLayout.JAVA_BYTE));
    }
}
