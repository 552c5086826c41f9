package imgpipe.paint;

import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings pictures into sRGB. Transforms are kept for the profiles seen last: most pictures of a
 * folder come from few cameras. Belongs to one thread.
 */
public final class ColorConversion {
    private static final int KEPT = 8;

    private final Map<Key, Optional<ColorTransform>> transforms =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Key, Optional<ColorTransform>> eldest) {
                    return size() > KEPT;
                }
            };

    private record Key(IccProfile profile, int channels) {}

    /**
     * The picture in sRGB and without a profile. Grey stays grey; CMYK becomes RGB, by the plain
     * formula if it has no usable profile; Y, Cb, Cr that are sRGB's already stay what they are. A
     * profile that is broken or of another color model is as good as none. Alpha planes are shared
     * with the argument.
     *
     * @return the picture itself if there is nothing to do
     */
    public Picture toSrgb(Picture picture, Workspace workspace) {
        IccProfile profile = picture.profile();
        Optional<ColorTransform> known =
                profile == null
                        ? Optional.empty()
                        : transforms.computeIfAbsent(
                                new Key(profile, channels(picture)), ColorConversion::transform);
        Picture bare = profile == null ? picture : picture.withProfile(null);
        if (known.isEmpty()) {
            return bare.color() == ColorModel.CMYK
                    ? apply(bare, ColorModel.RGB, PlainInks.TRANSFORM, workspace)
                    : bare;
        }
        ColorTransform transform = known.get();
        return switch (bare.color()) {
            case GREY -> apply(bare, ColorModel.GREY, transform, workspace);
            case RGB, CMYK -> apply(bare, ColorModel.RGB, transform, workspace);
            case YCC ->
                    apply(
                            YccConversion.toRgb(bare, workspace),
                            ColorModel.RGB,
                            transform,
                            workspace);
        };
    }

    private static int channels(Picture picture) {
        return picture.color().planes();
    }

    private static Picture apply(
            Picture picture, ColorModel target, ColorTransform transform, Workspace workspace) {
        List<Frame> frames = new ArrayList<>();
        int colors = picture.color().planes();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < target.planes(); i++) {
                planes.add(
                        Plane.allocate(workspace, picture.size().width(), picture.size().height()));
            }
            transform.apply(frame.planes().subList(0, colors), planes);
            if (picture.alpha()) {
                planes.add(frame.planes().getLast());
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(picture.size(), target, picture.alpha(), frames);
    }

    /** What the profile asks for; nothing if it is sRGB itself, broken, or of another model. */
    private static Optional<ColorTransform> transform(Key key) {
        byte[] bytes = key.profile().bytes();
        if (key.channels() == 3 && SrgbProfile.matches(bytes)) {
            return Optional.empty();
        }
        try {
            ICC_Profile icc = ICC_Profile.getInstance(bytes);
            if (new ICC_ColorSpace(icc).getType() != type(key.channels())) {
                return Optional.empty();
            }
            return Optional.of(key.channels() == 1 ? GreyCurve.of(icc) : new ProfileTransform(icc));
        } catch (RuntimeException broken) {
            // The JDK says so with half a dozen kinds of exception, none of them declared.
            return Optional.empty();
        }
    }

    private static int type(int channels) {
        return switch (channels) {
            case 1 -> ColorSpace.TYPE_GRAY;
            case 3 -> ColorSpace.TYPE_RGB;
            default -> ColorSpace.TYPE_CMYK;
        };
    }
}
