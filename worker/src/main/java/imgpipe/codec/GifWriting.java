package imgpipe.codec;

import imgpipe.image.Frame;
import imgpipe.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Writes one frame or an animation, each frame whole and with a palette of its own. */
final class GifWriting {
    private static final String TREE = "javax_imageio_gif_image_1.0";

    private GifWriting() {}

    static void write(ImageWriter writer, Picture picture) throws IOException {
        ImageWriteParam param = writer.getDefaultWriteParam();
        writer.prepareWriteSequence(null);
        boolean first = true;
        for (Frame frame : picture.frames()) {
            BufferedImage image = new PaletteImage(picture.size(), frame, picture.alpha()).image();
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(image), param);
            IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
            control(tree, frame, picture.alpha());
            if (first && picture.frames().size() > 1 && picture.loops() != 1) {
                // The format counts repetitions, a picture how often it is shown in all.
                loop(tree, Math.max(0, picture.loops() - 1));
            }
            metadata.setFromTree(TREE, tree);
            writer.writeToSequence(new IIOImage(image, null, metadata), param);
            first = false;
        }
        writer.endWriteSequence();
    }

    private static void control(IIOMetadataNode tree, Frame frame, boolean alpha) {
        IIOMetadataNode control = child(tree, "GraphicControlExtension");
        control.setAttribute("disposalMethod", alpha ? "restoreToBackgroundColor" : "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(hundredths(frame.delayMillis())));
        control.setAttribute("transparentColorFlag", alpha ? "TRUE" : "FALSE");
        control.setAttribute(
                "transparentColorIndex", Integer.toString(alpha ? PaletteImage.TRANSPARENT : 0));
    }

    private static int hundredths(int millis) {
        return Math.min(0xFFFF, (millis + 5) / 10);
    }

    private static void loop(IIOMetadataNode tree, int repetitions) {
        IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
        extension.setAttribute("applicationID", "NETSCAPE");
        extension.setAttribute("authenticationCode", "2.0");
        extension.setUserObject(new byte[] {1, (byte) repetitions, (byte) (repetitions >> 8)});
        child(tree, "ApplicationExtensions").appendChild(extension);
    }

    private static IIOMetadataNode child(IIOMetadataNode tree, String name) {
        if (tree.getElementsByTagName(name).item(0) instanceof IIOMetadataNode there) {
            return there;
        }
        IIOMetadataNode made = new IIOMetadataNode(name);
        tree.appendChild(made);
        return made;
    }
}
