package imgpipe.codec;

import com.twelvemonkeys.imageio.plugins.hdr.HDRImageReadParam;
import com.twelvemonkeys.imageio.plugins.hdr.tonemap.NullToneMapper;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * One file to pixels. Its container is looked through first: what readers pass over in silence is
 * found there, and they are shown no more of it than the pixels need.
 */
final class ImageIoDecoder {
    private final ImageFormat format;
    private final MemorySegment file;
    private final DecodeRequest request;
    private final Workspace workspace;
    private final Damage damage = new Damage();

    /** What has to be said though it is no damage. */
    private final List<String> notes = new ArrayList<>();

    ImageIoDecoder(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace) {
        this.format = format;
        this.file = file;
        this.request = request;
        this.workspace = workspace;
    }

    Decoded decode() throws PictureException {
        Picture picture =
                switch (format) {
                    case JPEG -> jpeg();
                    case PNG -> png();
                    case GIF -> gif();
                    case WEBP -> webp();
                    case PSD -> psd();
                    case TIFF -> tiff();
                    default -> plain();
                };
        if (!request.lenient()) {
            damage.requireNone();
        }
        notes.addAll(damage.warnings());
        return new Decoded(picture, notes);
    }

    private Picture jpeg() throws PictureException {
        JpegHeader header = JpegHeader.parse(file);
        JpegScans scans = header.scans(file);
        if (scans.ended() && Bytes.bigEndian(file).u8(scans.end() - 1) == 0) {
            // Many phones leave zeros between the last scan and the end marker.
            damage.forgive("extraneous bytes before marker 0xd9");
        }
        if (!header.mends().isEmpty()) {
            damage.forgive("extraneous bytes before marker");
            damage.forgive("Invalid SOS parameters for sequential JPEG");
            damage.forgive("Unknown Adobe color transform code");
        }
        if (!scans.ended()) {
            report(new PictureException(Reason.TRUNCATED, "the file ends before the JPEG does"));
        }
        Picture picture =
                Reading.of(
                        format,
                        List.of(file),
                        damage,
                        reader ->
                                header.process() == JpegProcess.LOSSLESS
                                        ? ImagePlanes.of(reader.read(0), false, workspace)
                                        : JpegPlanes.of(
                                                reader.readRaster(0, null), header, workspace));
        return picture.with(header.orientation()).withProfile(header.profile());
    }

    private Picture png() throws PictureException {
        PngStructure png = PngStructure.of(file, true);
        report(png.fault());
        Picture picture = pixels(png.pixels(), png.size(), png.profile());
        return picture.with(png.orientation()).withProfile(png.profile());
    }

    private Picture webp() throws PictureException {
        WebpStructure webp = WebpStructure.of(file);
        report(webp.fault());
        webp.warnOfFrames(request, notes);
        Picture frame = pixels(webp.still(), webp.frame(), null);
        Picture picture = webp.onCanvas(frame, workspace);
        return picture.with(webp.orientation()).withProfile(webp.profile());
    }

    private Picture gif() throws PictureException {
        GifStructure gif = GifStructure.of(file);
        report(gif.fault());
        GifComposer composer = new GifComposer(gif, workspace);
        int frames = Math.min(gif.frames().size(), request.maxFrames());
        return Reading.of(
                format,
                List.of(file),
                damage,
                reader -> {
                    for (int i = 0; i < frames; i++) {
                        GifRows decoded = new GifRows();
                        reader.addIIOReadUpdateListener(decoded);
                        composer.add(
                                request.lenient()
                                        ? asFarAsItGoes(reader, i, reader.getDefaultReadParam())
                                        : reader.read(i),
                                decoded);
                        reader.removeIIOReadUpdateListener(decoded);
                    }
                    return composer.picture();
                });
    }

    private Picture psd() throws PictureException {
        PsdStructure psd = PsdStructure.of(file);
        return pixels(psd.composite(), null, psd.profile()).withProfile(psd.profile());
    }

    private Picture tiff() throws PictureException {
        // Said of every last strip with fewer rows; the directory is asked instead.
        damage.forgive("strip/tileByteCount < required");
        TiffDirectory tiff = TiffDirectory.of(file);
        tiff.requireKnownColor();
        whole();
        if (tiff.isLab()) {
            Picture lab = pixels(tiff.asRgb(), null, null);
            return tiff.lab().toRgb(lab.withProfile(null)).with(tiff.orientation());
        }
        IccProfile profile = tiff.profile();
        Picture picture = pixels(List.of(file), null, profile).with(tiff.orientation());
        // Not the reader's, which leaves out those that it cannot convert from itself.
        return picture.withProfile(
                profile != null && profile.isOf(picture.color()) ? profile : null);
    }

    private Picture plain() throws PictureException {
        whole();
        return pixels(List.of(file), null, null);
    }

    private void whole() throws PictureException {
        try {
            WholeFile.require(format, file);
        } catch (PictureException fault) {
            report(fault);
        }
    }

    private Picture pixels(
            List<MemorySegment> parts, @Nullable Size size, @Nullable IccProfile profile)
            throws PictureException {
        return Reading.of(
                format,
                parts,
                damage,
                reader -> {
                    int index = Reading.largest(format, reader);
                    ImageReadParam param = reader.getDefaultReadParam();
                    if (param instanceof HDRImageReadParam hdr) {
                        hdr.setToneMapper(new NullToneMapper());
                    }
                    if (format == ImageFormat.PSD || format == ImageFormat.TIFF) {
                        // The others that they offer convert colors, or forget that those are
                        // multiplied by alpha.
                        param.setDestinationType(reader.getRawImageType(index));
                    }
                    BufferedImage image =
                            request.lenient()
                                    ? asFarAsItGoes(reader, index, param)
                                    : reader.read(index, param);
                    if (size != null
                            && (image.getWidth() != size.width()
                                    || image.getHeight() != size.height())) {
                        throw new PictureException(
                                Reason.CORRUPT, "the picture is not as large as its header says");
                    }
                    return ImagePlanes.of(
                            image, profile != null && profile.isOf(ColorModel.RGB), workspace);
                });
    }

    /** Reads into an image made beforehand, which keeps what was decoded before a failure. */
    private BufferedImage asFarAsItGoes(ImageReader reader, int index, ImageReadParam param)
            throws IOException {
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
    private void report(@Nullable PictureException fault) throws PictureException {
        if (fault == null) {
            return;
        }
        if (!request.lenient()) {
            throw fault;
        }
        damage.add(String.valueOf(fault.getMessage()));
    }
}
