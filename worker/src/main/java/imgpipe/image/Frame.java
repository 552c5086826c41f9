package imgpipe.image;

import java.util.List;

/**
 * One picture of an animation, or the only one.
 *
 * @param planes the color model's planes in its order, then alpha if the picture has it
 * @param delayMillis how long an animation shows this frame, 0 or more
 */
public record Frame(List<Plane> planes, int delayMillis) {
    public Frame {
        planes = List.copyOf(planes);
    }
}
