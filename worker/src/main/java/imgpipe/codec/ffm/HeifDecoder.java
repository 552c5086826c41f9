package imgpipe.codec.ffm;

import imgpipe.codec.NclxProfile;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HEIF picture to planes: luma, or Y, Cb and Cr where they are JFIF's but for their range and
 * depth; whatever else libheif turns into red, green and blue first.
 */
final class HeifDecoder {
    private final HeifFile file;
    private final boolean lenient;
    private final Workspace workspace;

    HeifDecoder(HeifFile file, boolean lenient, Workspace workspace) {
        this.file = file;
        this.lenient = lenient;
        this.workspace = workspace;
    }

    /**
     * Decodes.
     *
     * @param warnings where faults go if they are forgiven
     */
    Picture decode(List<String> warnings) throws PictureException {
        Optional<HeifColors> told = file.colors();
        boolean premultiplied = file.alpha() && file.premultiplied();
        if (!premultiplied && told.map(HeifDecoder::isTaken).orElse(true)) {
            try (HeifImage image = file.decode(lenient)) {
                HeifColors colors = image.colors().or(() -> told).orElse(HeifColors.SRGB);
                if (image.colorspace() != HeifImage.YCC || isTaken(colors)) {
                    warnings.addAll(image.warnings());
                    return picture(image, colors);
                }
            }
        }
        try (HeifImage image = file.decodeRgb(lenient)) {
            warnings.addAll(image.warnings());
            Picture picture = picture(image, told.or(image::colors).orElse(HeifColors.SRGB));
            if (premultiplied && picture.alpha()) {
                divide(picture.planes());
            }
            return picture;
        }
    }

    private static boolean isTaken(HeifColors colors) {
        return colors.isJfif() || colors.isIdentity();
    }

    private Picture picture(HeifImage image, HeifColors colors) throws PictureException {
        boolean full = colors.fullRange();
        List<Plane> planes = new ArrayList<>();
        ColorModel color;
        switch (image.colorspace()) {
            case HeifImage.MONOCHROME -> {
                color = ColorModel.GREY;
                planes.add(whole(image, HeifImage.Y, HeifRange.luma(full)));
            }
            case HeifImage.RGB -> {
                color = ColorModel.RGB;
                for (int channel : new int[] {HeifImage.R, HeifImage.G, HeifImage.B}) {
                    planes.add(whole(image, channel, HeifRange.FULL));
                }
            }
            case HeifImage.YCC -> {
                if (colors.isIdentity()) {
                    color = ColorModel.RGB;
                    for (int channel : new int[] {HeifImage.CR, HeifImage.Y, HeifImage.CB}) {
                        planes.add(whole(image, channel, HeifRange.FULL));
                    }
                } else {
                    color = ColorModel.YCC;
                    planes.add(whole(image, HeifImage.Y, HeifRange.luma(full)));
                    planes.add(image.plane(HeifImage.CB, HeifRange.chroma(full), workspace));
                    planes.add(image.plane(HeifImage.CR, HeifRange.chroma(full), workspace));
                }
            }
            default ->
                    throw new PictureException(
                            Reason.UNSUPPORTED, "a color space of HEIF that is not handled");
        }
        boolean alpha = image.has(HeifImage.ALPHA);
        if (alpha) {
            planes.add(whole(image, HeifImage.ALPHA, HeifRange.FULL));
        }
        return Picture.of(file.size(), color, alpha, planes).withProfile(profile(color, colors));
    }

    private @Nullable IccProfile profile(ColorModel color, HeifColors colors) {
        IccProfile embedded = file.profile();
        if (embedded != null || color == ColorModel.GREY) {
            return embedded;
        }
        return NclxProfile.of(colors.primaries(), colors.transfer()).orElse(null);
    }

    private Plane whole(HeifImage image, int channel, HeifRange range) throws PictureException {
        if (!image.isWhole(channel)) {
            throw new PictureException(
                    Reason.CORRUPT, "the picture is not as large as its header says");
        }
        return image.plane(channel, range, workspace);
    }

    /** Colors that were multiplied by their opacity as they were before. */
    private void divide(List<Plane> planes) throws PictureException {
        Size size = file.size();
        byte[] opacity = new byte[size.width()];
        byte[] row = new byte[size.width()];
        for (int y = 0; y < size.height(); y++) {
            planes.getLast().load(y, opacity);
            for (Plane plane : planes.subList(0, planes.size() - 1)) {
                plane.load(y, row);
                for (int x = 0; x < row.length; x++) {
                    int part = opacity[x] & 0xFF;
                    int value = ((row[x] & 0xFF) * 255 + part / 2) / Math.max(1, part);
                    row[x] = (byte) Math.min(255, value);
                }
                plane.store(y, row);
            }
        }
    }
}
