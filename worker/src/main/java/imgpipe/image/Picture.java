package imgpipe.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture: planes of 8-bit samples, one or more frames, and what travels beside the
 * pixels.
 *
 * @param size width and height in pixels, as stored (not yet turned by the orientation). Planes may
 *     have fewer samples: a decoder that was allowed to delivers all of them reduced, and the size
 *     stays what the file says
 * @param color what the color planes mean
 * @param alpha whether the last plane of each frame is opacity (0 transparent, 255 opaque; color is
 *     not premultiplied)
 * @param frames at least one; all of the same size and model
 * @param loops how often an animation repeats, 0 for ever
 * @param orientation how the picture has to be turned to stand upright
 * @param profile the embedded ICC profile, or null for none (sRGB is meant then)
 * @param metadata as it stands in the file, {@link Metadata#NONE} unless it was asked for
 */
public record Picture(
        Size size,
        ColorModel color,
        boolean alpha,
        List<Frame> frames,
        int loops,
        Orientation orientation,
        @Nullable IccProfile profile,
        Metadata metadata) {
    public Picture {
        frames = List.copyOf(frames);
        int planes = color.planes() + (alpha ? 1 : 0);
        if (frames.isEmpty()
                || frames.stream().anyMatch(frame -> frame.planes().size() != planes)) {
            throw new IllegalArgumentException(
                    "a " + color + " picture has frames of " + planes + " planes");
        }
    }

    /** A picture of one frame, upright, without a profile. */
    public static Picture of(Size size, ColorModel color, boolean alpha, List<Plane> planes) {
        return new Picture(
                size,
                color,
                alpha,
                List.of(new Frame(planes, 0)),
                0,
                Orientation.UPRIGHT,
                null,
                Metadata.NONE);
    }

    /** The planes of the first frame. */
    public List<Plane> planes() {
        return frames.getFirst().planes();
    }

    /** The same picture with other pixels. */
    public Picture with(
            Size newSize, ColorModel newColor, boolean newAlpha, List<Frame> newFrames) {
        return new Picture(
                newSize, newColor, newAlpha, newFrames, loops, orientation, profile, metadata);
    }

    /** The same picture, to be turned otherwise. */
    public Picture with(Orientation newOrientation) {
        return new Picture(size, color, alpha, frames, loops, newOrientation, profile, metadata);
    }

    /** The same picture with another profile, or none. */
    public Picture withProfile(@Nullable IccProfile newProfile) {
        return new Picture(size, color, alpha, frames, loops, orientation, newProfile, metadata);
    }

    /**
     * The same picture without a profile that is about colors of another model: it is as good as
     * none, and no file of these colors may hold it.
     */
    public Picture withoutForeignProfile() {
        return profile == null || profile.isOf(color) ? this : withProfile(null);
    }

    /** The same picture with other metadata. */
    public Picture with(Metadata newMetadata) {
        return new Picture(size, color, alpha, frames, loops, orientation, profile, newMetadata);
    }

    /** The same picture without all frames but the first. */
    public Picture firstFrame() {
        return frames.size() == 1
                ? this
                : with(size, color, alpha, List.of(new Frame(planes(), 0)));
    }

    /**
     * The same picture without its alpha planes, if nothing is transparent in any of them: they
     * would cost as much as the colors and say nothing.
     */
    public Picture withoutIdleAlpha() {
        if (!alpha || !frames.stream().allMatch(frame -> frame.planes().getLast().isFull())) {
            return this;
        }
        List<Frame> opaque =
                frames.stream()
                        .map(
                                frame ->
                                        new Frame(
                                                frame.planes().subList(0, color.planes()),
                                                frame.delayMillis()))
                        .toList();
        return with(size, color, false, opaque);
    }
}
