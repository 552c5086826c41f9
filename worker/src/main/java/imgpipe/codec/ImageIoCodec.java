package imgpipe.codec;

import com.twelvemonkeys.imageio.plugins.hdr.HDRImageReadParam;
import com.twelvemonkeys.imageio.plugins.hdr.tonemap.NullToneMapper;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Every format, in Java: through the JDK's own ImageIO plugins for PNG and GIF, through
 * TwelveMonkeys' for the rest. Not the fastest, but there on every machine.
 */
public final class ImageIoCodec implements Codec {
    private static final Set<ImageFormat> READS = Set.copyOf(EnumSet.allOf(ImageFormat.class));
    private static final Set<ImageFormat> WRITES =
            Arrays.stream(ImageFormat.values())
                    .filter(ImageFormat::writable)
                    .collect(Collectors.toUnmodifiableSet());

    /** Kinds of failure that may hide in a reader's answer. */
    private interface Reading<T> {
        T read(ImageReader reader) throws IOException, PictureException;
    }

    @Override
    public String name() {
        return "ImageIO " + System.getProperty("java.version") + " with TwelveMonkeys";
    }

    @Override
    public Set<ImageFormat> reads() {
        return READS;
    }

    @Override
    public Set<ImageFormat> writes() {
        return WRITES;
    }

    @Override
    public boolean embedsProfile(ImageFormat format) {
        return format == ImageFormat.JPEG
                || format == ImageFormat.PNG
                || format == ImageFormat.TIFF;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return switch (format) {
            case JPEG -> JpegHeader.parse(file).header();
            case PNG -> {
                PngStructure png = PngStructure.of(file, false);
                yield new Header(format, png.size(), 1, png.orientation(), png.description());
            }
            case GIF -> {
                GifStructure gif = GifStructure.of(file);
                int frames = gif.frames().size();
                yield new Header(
                        format,
                        gif.canvas(),
                        frames,
                        Orientation.UPRIGHT,
                        frames > 1 ? "animation" : "palette");
            }
            case WEBP -> {
                WebpStructure webp = WebpStructure.of(file);
                yield new Header(
                        format,
                        webp.size(),
                        1,
                        webp.orientation(),
                        (webp.frames() > 1 ? "first frame of " + webp.frames() : "")
                                + (webp.alpha() ? " with alpha" : ""));
            }
            default ->
                    reading(
                            format,
                            List.of(file),
                            new Damage(),
                            reader -> {
                                int index = largest(format, reader);
                                Size size =
                                        FileSizes.of(
                                                reader.getWidth(index), reader.getHeight(index));
                                return new Header(format, size, 1, orientation(format, file), "");
                            });
        };
    }

    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        Damage damage = new Damage();
        Picture picture =
                switch (format) {
                    case JPEG -> jpeg(file, request, damage, workspace);
                    case PNG -> png(file, request, damage, workspace);
                    case GIF -> gif(file, request, damage, workspace);
                    case WEBP -> webp(file, request, damage, workspace);
                    default -> plain(format, file, request, damage, workspace);
                };
        if (!request.lenient()) {
            damage.requireNone();
        }
        return new Decoded(picture, damage.warnings());
    }

    private static Picture jpeg(
            MemorySegment file, DecodeRequest request, Damage damage, Workspace workspace)
            throws PictureException {
        JpegHeader header = JpegHeader.parse(file);
        if (!header.scans(file).ended()) {
            report(
                    new PictureException(Reason.TRUNCATED, "the file ends before the JPEG does"),
                    request,
                    damage);
        }
        Picture picture =
                reading(
                        ImageFormat.JPEG,
                        List.of(file),
                        damage,
                        reader ->
                                header.process() == JpegProcess.LOSSLESS
                                        ? ImagePlanes.of(reader.read(0), workspace)
                                        : JpegPlanes.of(
                                                reader.readRaster(0, null), header, workspace));
        return picture.with(header.orientation()).withProfile(header.profile());
    }

    private static Picture png(
            MemorySegment file, DecodeRequest request, Damage damage, Workspace workspace)
            throws PictureException {
        PngStructure png = PngStructure.of(file, true);
        report(png.fault(), request, damage);
        Picture picture =
                pixels(ImageFormat.PNG, png.pixels(), png.size(), request, damage, workspace);
        return picture.with(png.orientation()).withProfile(png.profile());
    }

    private static Picture webp(
            MemorySegment file, DecodeRequest request, Damage damage, Workspace workspace)
            throws PictureException {
        WebpStructure webp = WebpStructure.of(file);
        report(webp.fault(), request, damage);
        Picture frame =
                pixels(ImageFormat.WEBP, webp.still(), webp.frame(), request, damage, workspace);
        Picture picture = onCanvas(frame, webp, workspace);
        return picture.with(webp.orientation()).withProfile(webp.profile());
    }

    /** The first frame of an animation where it belongs on the transparent canvas. */
    private static Picture onCanvas(Picture frame, WebpStructure webp, Workspace workspace) {
        Size size = webp.size();
        if (frame.size().equals(size)) {
            return frame;
        }
        List<Plane> planes = new ArrayList<>();
        for (Plane part : frame.planes()) {
            Plane plane = Plane.allocate(workspace, size.width(), size.height());
            plane.samples().fill((byte) 0);
            int width = Math.min(part.width(), size.width() - webp.left());
            for (int y = 0; y < part.height() && webp.top() + y < size.height(); y++) {
                MemorySegment.copy(
                        part.samples(),
                        (long) y * part.stride(),
                        plane.samples(),
                        (long) (webp.top() + y) * plane.stride() + webp.left(),
                        Math.max(0, width));
            }
            planes.add(plane);
        }
        return Picture.of(size, frame.color(), frame.alpha(), planes);
    }

    private static Picture gif(
            MemorySegment file, DecodeRequest request, Damage damage, Workspace workspace)
            throws PictureException {
        GifStructure gif = GifStructure.of(file);
        report(gif.fault(), request, damage);
        GifComposer composer = new GifComposer(gif, workspace);
        int frames = Math.min(gif.frames().size(), request.maxFrames());
        return reading(
                ImageFormat.GIF,
                List.of(file),
                damage,
                reader -> {
                    for (int i = 0; i < frames; i++) {
                        composer.add(reader.read(i));
                    }
                    return composer.picture();
                });
    }

    private static Picture plain(
            ImageFormat format,
            MemorySegment file,
            DecodeRequest request,
            Damage damage,
            Workspace workspace)
            throws PictureException {
        try {
            WholeFile.require(format, file);
        } catch (PictureException fault) {
            report(fault, request, damage);
        }
        if (format == ImageFormat.PSD) {
            PsdStructure psd = PsdStructure.of(file);
            return pixels(format, psd.composite(), null, request, damage, workspace)
                    .withProfile(psd.profile());
        }
        Picture picture = pixels(format, List.of(file), null, request, damage, workspace);
        if (format == ImageFormat.TIFF) {
            TiffDirectory tiff = TiffDirectory.of(file);
            // The reader has dropped a profile that does not fit the pixels, or is sRGB.
            return picture.with(tiff.orientation())
                    .withProfile(picture.profile() == null ? null : tiff.profile());
        }
        return picture;
    }

    private static Picture pixels(
            ImageFormat format,
            List<MemorySegment> parts,
            @Nullable Size size,
            DecodeRequest request,
            Damage damage,
            Workspace workspace)
            throws PictureException {
        return reading(
                format,
                parts,
                damage,
                reader -> {
                    int index = largest(format, reader);
                    ImageReadParam param = reader.getDefaultReadParam();
                    if (param instanceof HDRImageReadParam hdr) {
                        hdr.setToneMapper(new NullToneMapper());
                    }
                    if (format == ImageFormat.PSD) {
                        // The others that it offers convert colors.
                        param.setDestinationType(reader.getRawImageType(index));
                    }
                    BufferedImage image =
                            request.lenient()
                                    ? asFarAsItGoes(reader, index, param, damage)
                                    : reader.read(index, param);
                    if (size != null
                            && (image.getWidth() != size.width()
                                    || image.getHeight() != size.height())) {
                        throw new PictureException(
                                Reason.CORRUPT, "the picture is not as large as its header says");
                    }
                    return ImagePlanes.of(image, workspace);
                });
    }

    /** Reads into an image made beforehand, which keeps what was decoded before a failure. */
    private static BufferedImage asFarAsItGoes(
            ImageReader reader, int index, ImageReadParam param, Damage damage) throws IOException {
        ImageTypeSpecifier type =
                param.getDestinationType() != null
                        ? param.getDestinationType()
                        : reader.getImageTypes(index).next();
        BufferedImage image =
                type.createBufferedImage(reader.getWidth(index), reader.getHeight(index));
        param.setDestinationType(null);
        param.setDestination(image);
        try {
            return reader.read(index, param);
        } catch (IOException | RuntimeException e) {
            damage.add(String.valueOf(Damage.explain(e).getMessage()));
            return image;
        }
    }

    /** A fault of the container ends the matter, or becomes a warning. */
    private static void report(
            @Nullable PictureException fault, DecodeRequest request, Damage damage)
            throws PictureException {
        if (fault == null) {
            return;
        }
        if (!request.lenient()) {
            throw fault;
        }
        damage.add(String.valueOf(fault.getMessage()));
    }

    private static Orientation orientation(ImageFormat format, MemorySegment file)
            throws PictureException {
        return format == ImageFormat.TIFF
                ? TiffDirectory.of(file).orientation()
                : Orientation.UPRIGHT;
    }

    /** Index of the largest picture among an icon's; of a document the first page counts. */
    private static int largest(ImageFormat format, ImageReader reader) throws IOException {
        if (format != ImageFormat.ICO && format != ImageFormat.ICNS) {
            return 0;
        }
        int best = 0;
        long most = 0;
        for (int i = 0; i < reader.getNumImages(true); i++) {
            long pixels = (long) reader.getWidth(i) * reader.getHeight(i);
            if (pixels >= most) {
                best = i;
                most = pixels;
            }
        }
        return best;
    }

    /** Opens a reader, and makes whatever it throws a {@link PictureException}. */
    private static <T> T reading(
            ImageFormat format, List<MemorySegment> parts, Damage damage, Reading<T> work)
            throws PictureException {
        try (SegmentImageInputStream stream = new SegmentImageInputStream(parts)) {
            ImageReader reader = Plugins.reader(format, Bytes.bigEndian(parts.getFirst()));
            try {
                reader.addIIOReadWarningListener(damage);
                reader.setInput(stream, false, true);
                return work.read(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw Damage.explain(e);
        }
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        try {
            return ImageIoEncoder.encode(picture, format, settings, workspace);
        } catch (IOException | RuntimeException e) {
            PictureException why = Damage.explain(e);
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "this picture cannot be written as " + format + ": " + why.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {}
}
