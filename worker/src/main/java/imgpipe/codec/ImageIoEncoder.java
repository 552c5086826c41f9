package imgpipe.codec;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPWriteParam;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures to files through ImageIO's writers. */
final class ImageIoEncoder {
    /** ImageIO counts from 0 (best) to 1 (fastest); the JDK makes 6 of zlib's 9 levels of it. */
    private static final float MODERATE = 1 - 6 / 9f;

    private ImageIoEncoder() {}

    static MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws IOException, PictureException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.writer(format);
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            switch (format) {
                case JPEG -> JpegWriting.write(writer, picture, settings);
                case GIF -> GifWriting.write(writer, picture);
                case PNG -> png(writer, picture, settings);
                case TIFF -> tiff(writer, picture);
                case WEBP -> webp(writer, picture, settings);
                default -> writer.write(image(picture));
            }
        } finally {
            writer.dispose();
        }
        MemorySegment file = MemorySegment.ofArray(bytes.toByteArray());
        IccProfile profile = picture.profile();
        if (profile == null) {
            return file;
        }
        return switch (format) {
            case JPEG -> JpegProfile.embed(file, profile, workspace);
            case PNG -> PngProfile.embed(file, profile, workspace);
            case WEBP ->
                    picture.color() == ColorModel.GREY
                            ? file
                            : WebpProfile.embed(file, profile, workspace);
            case TIFF -> TiffMetadata.embed(file, profile, workspace);
            default -> file;
        };
    }

    private static BufferedImage image(Picture picture) {
        return InterleavedImage.of(picture.size(), picture.planes());
    }

    private static void png(ImageWriter writer, Picture picture, EncodeSettings settings)
            throws IOException {
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(MODERATE);
        param.setProgressiveMode(
                settings.progressive()
                        ? ImageWriteParam.MODE_DEFAULT
                        : ImageWriteParam.MODE_DISABLED);
        writer.write(null, new IIOImage(image(picture), null, null), param);
    }

    private static void tiff(ImageWriter writer, Picture picture) throws IOException {
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("LZW");
        writer.write(null, new IIOImage(image(picture), null, null), param);
    }

    private static void webp(ImageWriter writer, Picture picture, EncodeSettings settings)
            throws IOException {
        WebPWriteParam param = new WebPWriteParam(Locale.ROOT);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(
                settings.lossless() ? CompressionType.Lossless : CompressionType.Lossy);
        param.setExact(settings.lossless());
        WebpEffort effort = WebpEffort.of(settings);
        param.setMethod(effort.method());
        param.setCompressionQuality(effort.quality() / 100f);
        List<Plane> planes = new ArrayList<>(picture.planes());
        if (planes.size() < 3) {
            // WebP has no grey.
            planes.add(0, planes.getFirst());
            planes.add(0, planes.getFirst());
        }
        BufferedImage image = InterleavedImage.of(picture.size(), planes);
        writer.write(null, new IIOImage(image, null, null), param);
    }
}
