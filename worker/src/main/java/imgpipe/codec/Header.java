package imgpipe.codec;

import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Size;

/**
 * What a file says of itself before any pixel is decoded.
 *
 * @param format from the first bytes
 * @param size of the first frame as stored, not turned
 * @param frames frames of an animation that would be decoded, at least 1; only the first page of a
 *     document counts
 * @param orientation from EXIF or the format's own tag
 * @param description for people: {@code progressive, 4:2:0, Adobe RGB (1998)}
 */
public record Header(
        ImageFormat format, Size size, int frames, Orientation orientation, String description) {
    /** Pixels of all frames together. */
    public long pixels() {
        return size.pixels() * frames;
    }
}
