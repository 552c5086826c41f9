package imgpipe.operation;

import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.util.List;

/**
 * A resize and the moves in front of it in the recipe, done at once: it reads only the part that is
 * seen, from however many samples a decoder has delivered, and what it has made is turned.
 *
 * @param moves as they stand in the recipe
 * @param orientation of the picture as stored
 * @param resize meant for what is seen after the moves
 */
record ResizeStored(List<Move> moves, Orientation orientation, Resize resize) implements Operation {
    ResizeStored {
        moves = List.copyOf(moves);
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        View view = View.of(picture);
        for (Move move : moves) {
            view = move.seen(view, picture, context);
        }
        return resize.apply(picture, view, context);
    }

    @Override
    public Size resultSize(Size stored) {
        return resize.resultSize(seen(stored).size());
    }

    /** The size that all of the picture must at least be decoded at. */
    Size floor(Size stored) {
        View view = seen(stored);
        Size part = view.turn().turn(resize.floor(view.size(), stored.pixels()));
        Size window = view.window().size();
        return new Size(
                all(part.width(), window.width(), stored.width()),
                all(part.height(), window.height(), stored.height()));
    }

    private static int all(int floor, int part, int side) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv((long) floor * side, part));
    }

    private View seen(Size stored) {
        View view = View.of(stored, orientation);
        for (Move move : moves) {
            view = move.seen(view);
        }
        return view;
    }
}
