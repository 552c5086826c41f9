package imgpipe.operation;

import imgpipe.image.Orientation;

/**
 * Turns the picture by a right angle or mirrors it, by moving samples: nothing is lost.
 *
 * @param by how; not mirrored at a diagonal, for which recipes have no word
 */
public record Turn(Orientation by) implements Move {
    public Turn {
        if (by == Orientation.TRANSPOSED || by == Orientation.TRANSVERSED) {
            throw new IllegalArgumentException(by + " is a rotation and a flip");
        }
    }

    /** {@code flip horizontal} (left and right change places) or {@code flip vertical}. */
    static Turn readFlip(Words words) throws RecipeException {
        Word direction = words.next("horizontal or vertical");
        return switch (direction.text()) {
            case "horizontal" -> new Turn(Orientation.MIRRORED);
            case "vertical" -> new Turn(Orientation.FLIPPED);
            default ->
                    throw direction.isNot(
                            "horizontal (left and right change places) or vertical (top and bottom"
                                    + " do)");
        };
    }

    /** The clockwise rotation by so many times 90 degrees. */
    static Turn quarters(int count) {
        return new Turn(
                switch (Math.floorMod(count, 4)) {
                    case 1 -> Orientation.TURN_RIGHT;
                    case 2 -> Orientation.UPSIDE_DOWN;
                    case 3 -> Orientation.TURN_LEFT;
                    default -> Orientation.UPRIGHT;
                });
    }

    @Override
    public View seen(View view) {
        return view.turned(by);
    }

    @Override
    public String toString() {
        return switch (by) {
            case UPRIGHT -> "rotate 0";
            case TURN_RIGHT -> "rotate 90";
            case UPSIDE_DOWN -> "rotate 180";
            case TURN_LEFT -> "rotate 270";
            case MIRRORED -> "flip horizontal";
            case FLIPPED -> "flip vertical";
            case TRANSPOSED, TRANSVERSED -> throw new AssertionError(by);
        };
    }
}
