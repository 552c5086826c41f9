package imgpipe.paint;

import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.util.ArrayList;
import java.util.List;

/** ICC profiles: whatever one holds, the picture gets into sRGB, or stays as if it had none. */
public final class ProfileFuzz {
    private static final ColorModel[] MODELS = ColorModel.values();
    private static final Workspace WORKSPACE = new Workspace();

    private ProfileFuzz() {}

    /** The bytes are the profile. */
    public static void fuzzerTestOneInput(byte[] data) {
        IccProfile profile = new IccProfile(data);
        for (ColorModel model : MODELS) {
            if (!profile.isOf(model)) {
                continue;
            }
            WORKSPACE.reset();
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < model.planes(); i++) {
                planes.add(Plane.allocate(WORKSPACE, 2, 2));
            }
            Picture picture = Picture.of(new Size(2, 2), model, false, planes).withProfile(profile);
            Picture made = new ColorConversion().toSrgb(picture, WORKSPACE);
            if (made.profile() != null || made.color() == ColorModel.CMYK) {
                throw new IllegalStateException("not in sRGB: " + made);
            }
        }
    }
}
