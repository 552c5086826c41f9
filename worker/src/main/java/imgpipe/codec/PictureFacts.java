package imgpipe.codec;

import imgpipe.image.IccProfile;
import imgpipe.image.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a file without decoding a pixel, for people who ask.
 *
 * @param header what decoding goes by
 * @param frames frames of an animation, pages of a document or entries of an icon that the file
 *     holds, at least 1
 * @param loops how often an animation is shown, 0 for ever; null if it is none
 * @param pixels how pixels are stored
 * @param profile the embedded ICC profile, null for none
 * @param metadata as it stands in the file
 * @param codec the first one here that would decode every pixel
 */
public record PictureFacts(
        Header header,
        int frames,
        @Nullable Integer loops,
        Pixels pixels,
        @Nullable IccProfile profile,
        Metadata metadata,
        String codec) {
    /**
     * How pixels are stored.
     *
     * @param color {@code RGB}, {@code YCbCr}, {@code grey}, {@code palette}, …; empty if unknown
     * @param bits of a sample or palette index, 0 if unknown
     * @param alpha whether pixels may be transparent
     * @param chroma subsampling as {@code 4:2:0}, null where there is none to speak of
     * @param coding {@code baseline}, {@code progressive}, {@code lossless}, …; empty if the format
     *     has but one
     * @param progressive whether a part of the file already shows the whole picture
     */
    public record Pixels(
            String color,
            int bits,
            boolean alpha,
            @Nullable String chroma,
            String coding,
            boolean progressive) {
        /** Pixels that are all coded alike. */
        static Pixels of(String color, int bits, boolean alpha) {
            return new Pixels(color, bits, alpha, null, "", false);
        }
    }
}
