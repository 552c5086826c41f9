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
import org.jspecify.annotations.Nullable;

/** One HEIF picture to planes: luma, or red, green and blue. */
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
        try (HeifImage image = file.decode(lenient)) {
            warnings.addAll(image.warnings());
            HeifColors colors = image.colors().or(file::colors).orElse(HeifColors.SRGB);
            Picture picture = picture(image, colors);
            if (picture.alpha() && file.premultiplied()) {
                divide(picture.planes());
            }
            return picture;
        }
    }

    private Picture picture(HeifImage image, HeifColors colors) throws PictureException {
        List<Plane> planes = new ArrayList<>();
        ColorModel color;
        switch (image.colorspace()) {
            case HeifImage.MONOCHROME -> {
                color = ColorModel.GREY;
                planes.add(image.plane(HeifImage.Y, colors.fullRange(), workspace));
            }
            case HeifImage.RGB -> {
                color = ColorModel.RGB;
                for (int channel : new int[] {HeifImage.R, HeifImage.G, HeifImage.B}) {
                    planes.add(image.plane(channel, true, workspace));
                }
            }
            default ->
                    throw new PictureException(
                            Reason.UNSUPPORTED, "a color space of HEIF that is not handled");
        }
        boolean alpha = image.has(HeifImage.ALPHA);
        if (alpha) {
            planes.add(image.plane(HeifImage.ALPHA, true, workspace));
        }
        HeifColors told = file.colors().orElse(colors);
        return Picture.of(file.size(), color, alpha, planes).withProfile(profile(color, told));
    }

    private @Nullable IccProfile profile(ColorModel color, HeifColors colors) {
        IccProfile embedded = file.profile();
        if (embedded != null || color == ColorModel.GREY) {
            return embedded;
        }
        return NclxProfile.of(colors.primaries(), colors.transfer()).orElse(null);
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
