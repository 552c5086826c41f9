package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.YccConversion;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves brightness alone: the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, which JPEG has as
 * its Y. A picture in color with a profile other than sRGB is converted to sRGB first, as no grey
 * profile would be right for the result.
 */
public record Grey() implements Operation {
    @Override
    public Picture apply(Picture picture, OperationContext context) {
        if (picture.color() == ColorModel.GREY) {
            return picture;
        }
        Picture colors = context.toSrgb(picture);
        Picture luma =
                colors.color() == ColorModel.RGB
                        ? YccConversion.fromRgb(colors, context.workspace())
                        : colors;
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : luma.frames()) {
            List<Plane> planes = new ArrayList<>(frame.planes());
            planes.subList(1, ColorModel.YCC.planes()).clear();
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return luma.with(luma.size(), ColorModel.GREY, luma.alpha(), frames);
    }

    @Override
    public String toString() {
        return "grey";
    }
}
