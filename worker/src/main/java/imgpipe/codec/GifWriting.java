package imgpipe.codec;

import imgpipe.image.Frame;
import imgpipe.image.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Writes one frame or an animation; of each frame what it changes, with a palette of its own. */
final class GifWriting {
    private static final String TREE = "javax_imageio_gif_image_1.0";

    private GifWriting() {}

    static void write(ImageWriter writer, Picture picture) throws IOException {
        ImageWriteParam param = writer.getDefaultWriteParam();
        // Rows in another order would only be harder to compress.
        param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
        writer.prepareWriteSequence(null);
        GifPatches patches = new GifPatches(picture);
        boolean first = true;
        for (Frame frame : picture.frames()) {
            GifPatch patch = patches.next();
            BufferedImage image = new PaletteImage(patch.size(), patch.pixels()).image();
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
            place(tree, patch);
            control(tree, frame, patch, (IndexColorModel) image.getColorModel());
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

    private static void place(IIOMetadataNode tree, GifPatch patch) {
        IIOMetadataNode descriptor = child(tree, "ImageDescriptor");
        descriptor.setAttribute("imageLeftPosition", Integer.toString(patch.left()));
        descriptor.setAttribute("imageTopPosition", Integer.toString(patch.top()));
    }

    private static void control(
            IIOMetadataNode tree, Frame frame, GifPatch patch, IndexColorModel palette) {
        int hole = palette.getTransparentPixel();
        IIOMetadataNode control = child(tree, "GraphicControlExtension");
        control.setAttribute(
                "disposalMethod", patch.clears() ? "restoreToBackgroundColor" : "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(hundredths(frame.delayMillis())));
        control.setAttribute("transparentColorFlag", hole >= 0 ? "TRUE" : "FALSE");
        control.setAttribute("transparentColorIndex", Integer.toString(Math.max(0, hole)));
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
