package imgpipe.codec;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes Y, Cb and Cr as they are: a raster, unlike an image, is not converted. The writer takes
 * chroma at full size only, so subsampled planes are widened by repetition; its own averaging then
 * gives back exactly what was there.
 */
final class JpegWriting {
    private static final String TREE = "javax_imageio_jpeg_image_1.0";

    private JpegWriting() {}

    static void write(ImageWriter writer, Picture picture, EncodeSettings settings)
            throws IOException {
        JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(settings.quality() / 100f);
        param.setOptimizeHuffmanTables(true);
        if (settings.progressive()) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        boolean grey = picture.color() == ColorModel.GREY;
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromBufferedImageType(
                                grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR),
                        param);
        if (!grey) {
            subsample(metadata, settings.chroma());
        }
        writer.write(
                null,
                new IIOImage(
                        InterleavedImage.raster(picture.size(), picture.planes()), null, metadata),
                param);
    }

    private static void subsample(IIOMetadata metadata, Chroma chroma) throws IOException {
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
        NodeList components = tree.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            int across = i == 0 ? chroma.across() : 1;
            int down = i == 0 ? chroma.down() : 1;
            component.setAttribute("HsamplingFactor", Integer.toString(across));
            component.setAttribute("VsamplingFactor", Integer.toString(down));
        }
        metadata.setFromTree(TREE, tree);
    }
}
