package imgpipe.paint;

import imgpipe.image.Plane;
import java.util.List;

/** Color planes to others of the same size. */
interface ColorTransform {
    /**
     * Converts every sample.
     *
     * @param from as many planes as the source's model has, all of full size
     * @param to the planes that are filled
     */
    void apply(List<Plane> from, List<Plane> to);
}
