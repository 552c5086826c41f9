package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes some formats. An instance belongs to one thread and is used for one picture
 * after another.
 *
 * <p>Whatever a file holds, a codec returns or throws {@link PictureException}; it throws nothing
 * else but {@link Error}s. It never keeps a reference to the file's memory after it returns.
 */
public interface Codec extends AutoCloseable {
    /** Name and version, as {@code doctor} shows them: {@code libjpeg-turbo 2.1.5}. */
    String name();

    /** The formats that this codec reads. */
    Set<ImageFormat> reads();

    /** The formats that this codec writes. */
    Set<ImageFormat> writes();

    /**
     * What the header says, without touching pixels. Takes time and memory that do not depend on
     * the picture's size.
     *
     * @param format what the first bytes say; one of {@link #reads()}
     * @param file the whole file
     */
    Header header(ImageFormat format, MemorySegment file) throws PictureException;

    /**
     * Decodes a picture. Metadata is left to {@link Codecs}, but for HEIC and AVIF.
     *
     * @param format one of {@link #reads()}
     * @param file the whole file
     * @param request what is wanted of it; the caller has compared the header with its limits
     * @param workspace where the planes are allocated; they are valid until it is reset
     * @throws PictureException when the picture is damaged and the request is not lenient, or
     *     nothing could be read
     */
    Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException;

    /**
     * Encodes a picture.
     *
     * @param picture grey, or in the format's own {@linkplain ImageFormat#color(EncodeSettings)
     *     color model}; with alpha only if the format has it, with several frames only if it {@link
     *     #animates}; Y, Cb and Cr with chroma planes as {@link EncodeSettings#chroma()} says. Its
     *     orientation is ignored, its metadata too but for AVIF; its profile is embedded where
     *     {@link #embedsProfile} says so
     * @param format one of {@link #writes()}
     * @param settings its bound on the size is the caller's business
     * @param workspace where the result may be allocated
     * @return the encoded file, valid until the workspace is reset or the codec is used again
     */
    MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException;

    /**
     * Whether it would decode every pixel of this file, as far as the header tells.
     *
     * @param format one of {@link #reads()}
     */
    default boolean takes(ImageFormat format, MemorySegment file) throws PictureException {
        return true;
    }

    /**
     * Everything that a file says of itself, as far as that takes the codec's library to find out;
     * empty where it does not.
     *
     * @param header of the same file
     */
    default Optional<PictureFacts> facts(Header header, MemorySegment file)
            throws PictureException {
        return Optional.empty();
    }

    /** Whether it reads and writes all frames of an animation in this format. */
    default boolean animates(ImageFormat format) {
        return false;
    }

    /** Whether an ICC profile is kept when a picture is written in this format. */
    boolean embedsProfile(ImageFormat format, ColorModel color);

    /** Gives native handles back. */
    @Override
    void close();
}
