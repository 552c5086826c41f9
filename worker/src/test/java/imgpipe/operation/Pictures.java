package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Pictures made of numbers. */
final class Pictures {
    private Pictures() {}

    interface Samples {
        int at(int plane, int x, int y);
    }

    /** A picture whose every plane is computed. */
    static Picture of(int width, int height, ColorModel color, boolean alpha, Samples samples) {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < color.planes() + (alpha ? 1 : 0); i++) {
            Plane plane =
                    Plane.whole(
                            Arena.ofAuto().allocate((long) width * height), width, height, width);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    plane.set(x, y, samples.at(i, x, y));
                }
            }
            planes.add(plane);
        }
        return Picture.of(new Size(width, height), color, alpha, planes);
    }

    static Picture grey(int[][] rows) {
        return of(rows[0].length, rows.length, ColorModel.GREY, false, (plane, x, y) -> rows[y][x]);
    }

    /** The samples of one plane, row by row. */
    static int[][] rows(Plane plane) {
        int[][] rows = new int[plane.height()][plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                rows[y][x] = plane.at(x, y);
            }
        }
        return rows;
    }

    static int[][] rows(Picture picture) {
        return rows(picture.planes().getFirst());
    }
}
