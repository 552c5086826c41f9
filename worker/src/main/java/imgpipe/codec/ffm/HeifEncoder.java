package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.Metadata;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Planes to one AVIF: luma, or Y, Cb and Cr of JFIF as they are, or green, blue and red in their
 * place, so that nothing is converted.
 */
@SuppressWarnings("restricted")
final class HeifEncoder implements AutoCloseable {
    private static final int MONOCHROME = 0;
    private static final int CHROMA_420 = 1;
    private static final int CHROMA_422 = 2;
    private static final int CHROMA_444 = 3;

    /** {@code struct heif_encoding_options}. */
    private static final int OPTIONS_VERSION = 0;

    private static final int OPTIONS_BOTH_PROFILES = 3;
    private static final int OPTIONS_NCLX = 8;
    private static final int OPTIONS_NO_NCLX = 16;
    private static final int OPTIONS_BYTES = 24;
    private static final int VERSION_WITH_BOTH_PROFILES = 3;
    private static final int VERSION_WITH_NCLX = 4;

    /** AV1's frame headers have 16 bits for a side less one. */
    private static final int LONGEST_SIDE = 65_536;

    private final Heif heif;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment context;
    private MemorySegment encoder = MemorySegment.NULL;

    HeifEncoder(Heif heif) {
        this.heif = heif;
        context = heif.made(HeifFunction.heif_context_alloc);
    }

    MemorySegment encode(Picture picture, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        Size size = picture.size();
        if (Math.max(size.width(), size.height()) > LONGEST_SIDE) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "an AVIF has no more than 65536 pixels a side");
        }
        encoder = heif.make(HeifFunction.heif_context_get_encoder_for_format, context, Heif.AV1);
        int chroma = chroma(picture);
        configure(settings, chroma);
        HeifColors colors =
                picture.color() == ColorModel.RGB ? HeifColors.SRGB_IDENTITY : HeifColors.SRGB;
        MemorySegment nclx = heif.made(HeifFunction.heif_nclx_color_profile_alloc);
        colors.writeTo(nclx);
        MemorySegment handle = MemorySegment.NULL;
        try (HeifImage image = image(picture, chroma)) {
            heif.attempt(HeifFunction.heif_image_set_nclx_color_profile, image.address(), nclx);
            embed(picture.profile(), image);
            handle = encoded(image, nclx);
            describe(picture.metadata(), handle);
            return new HeifWriter(heif, workspace).write(context);
        } finally {
            heif.release(HeifFunction.heif_image_handle_release, handle);
            heif.release(HeifFunction.heif_nclx_color_profile_free, nclx);
        }
    }

    private static int chroma(Picture picture) {
        if (picture.color() == ColorModel.GREY) {
            return MONOCHROME;
        }
        Plane second = picture.planes().get(1);
        if (second.width() == picture.size().width()) {
            return CHROMA_444;
        }
        return second.height() == picture.size().height() ? CHROMA_422 : CHROMA_420;
    }

    private void configure(EncodeSettings settings, int chroma) throws PictureException {
        if (settings.lossless()) {
            heif.attempt(HeifFunction.heif_encoder_set_lossless, encoder, 1);
        } else {
            heif.attempt(HeifFunction.heif_encoder_set_lossy_quality, encoder, settings.quality());
        }
        // There is a worker for each core.
        set("threads", 1);
        set("speed", speed(settings.effort()));
        String subsampling =
                switch (chroma) {
                    case CHROMA_444 -> "444";
                    case CHROMA_422 -> "422";
                    default -> "420";
                };
        // Without it the planes would be resampled.
        heif.attempt(
                HeifFunction.heif_encoder_set_parameter_string,
                encoder,
                arena.allocateFrom("chroma"),
                arena.allocateFrom(subsampling));
    }

    /**
     * libaom's speed, of which 9 is the fastest. At 800 pixels 6 takes a fifth of the time of 5 for
     * 3 % more bytes and half a decibel; 8 takes half the time of 6.
     */
    private static int speed(int effort) {
        return effort == 0 ? 6 : 9 - effort;
    }

    /** Encoders other than libaom's may not know it, and do without. */
    private void set(String parameter, int value) {
        heif.fault(
                HeifFunction.heif_encoder_set_parameter_integer,
                encoder,
                arena.allocateFrom(parameter),
                value);
    }

    private HeifImage image(Picture picture, int chroma) throws PictureException {
        Size size = picture.size();
        HeifImage image =
                new HeifImage(
                        heif,
                        heif.make(
                                HeifFunction.heif_image_create,
                                size.width(),
                                size.height(),
                                chroma == MONOCHROME ? HeifImage.MONOCHROME : HeifImage.YCC,
                                chroma),
                        size);
        try {
            List<Plane> planes = picture.planes();
            switch (picture.color()) {
                case GREY -> image.add(HeifImage.Y, planes.get(0));
                case RGB -> {
                    image.add(HeifImage.Y, planes.get(1));
                    image.add(HeifImage.CB, planes.get(2));
                    image.add(HeifImage.CR, planes.get(0));
                }
                case YCC -> {
                    image.add(HeifImage.Y, planes.get(0));
                    image.add(HeifImage.CB, planes.get(1));
                    image.add(HeifImage.CR, planes.get(2));
                }
                case CMYK -> throw new IllegalArgumentException("AVIF has no inks");
            }
            if (picture.alpha()) {
                image.add(HeifImage.ALPHA, planes.getLast());
            }
            return image;
        } catch (PictureException | RuntimeException | Error e) {
            image.close();
            throw e;
        }
    }

    private void embed(@Nullable IccProfile profile, HeifImage image) throws PictureException {
        if (profile != null) {
            byte[] bytes = profile.bytes();
            heif.attempt(
                    HeifFunction.heif_image_set_raw_color_profile,
                    image.address(),
                    arena.allocateFrom("prof"),
                    arena.allocateFrom(JAVA_BYTE, bytes),
                    (long) bytes.length);
        }
    }

    /** Beside an ICC profile the numbers are written too, as they say what Y, Cb and Cr mean. */
    private MemorySegment encoded(HeifImage image, MemorySegment nclx) throws PictureException {
        MemorySegment options =
                heif.made(HeifFunction.heif_encoding_options_alloc).reinterpret(OPTIONS_BYTES);
        try {
            int version = options.get(JAVA_BYTE, OPTIONS_VERSION);
            if (version >= VERSION_WITH_BOTH_PROFILES) {
                options.set(JAVA_BYTE, OPTIONS_BOTH_PROFILES, (byte) 1);
            }
            if (version >= VERSION_WITH_NCLX) {
                options.set(ADDRESS, OPTIONS_NCLX, nclx);
                options.set(JAVA_BYTE, OPTIONS_NO_NCLX, (byte) 0);
            }
            return heif.make(
                    HeifFunction.heif_context_encode_image,
                    context,
                    image.address(),
                    encoder,
                    options);
        } finally {
            heif.release(HeifFunction.heif_encoding_options_free, options);
        }
    }

    private void describe(Metadata metadata, MemorySegment handle) throws PictureException {
        add(HeifFunction.heif_context_add_exif_metadata, metadata.exif(), handle);
        add(HeifFunction.heif_context_add_XMP_metadata, metadata.xmp(), handle);
    }

    private void add(HeifFunction function, @Nullable MemorySegment block, MemorySegment handle)
            throws PictureException {
        if (block != null) {
            MemorySegment copy = arena.allocate(block.byteSize()).copyFrom(block);
            heif.attempt(function, context, handle, copy, (int) block.byteSize());
        }
    }

    @Override
    public void close() {
        heif.release(HeifFunction.heif_encoder_release, encoder);
        heif.release(HeifFunction.heif_context_free, context);
        arena.close();
    }
}
