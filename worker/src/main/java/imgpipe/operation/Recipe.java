package imgpipe.operation;

import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a picture: operations in their order, then the format.
 *
 * @param operations may be none
 * @param format to write, or null while it is to follow from the source's name
 * @param settings for the encoder
 */
public record Recipe(
        List<Operation> operations, @Nullable ImageFormat format, EncodeSettings settings) {
    /** Nothing is done, and no format asked for. */
    public static final Recipe EMPTY = new Recipe(List.of(), null, EncodeSettings.DEFAULT);

    public Recipe {
        operations = List.copyOf(operations);
        if (format != null && !format.writable()) {
            throw new IllegalArgumentException(format + " can be read but not written");
        }
    }

    /**
     * The format to write.
     *
     * @throws NullPointerException if it is still to follow from the source's name
     */
    public ImageFormat target() {
        return Objects.requireNonNull(format, "a rendition's recipe ends in a format");
    }

    /** The same with this format. */
    public Recipe with(ImageFormat newFormat) {
        return new Recipe(operations, newFormat, settings);
    }

    /**
     * The operations in the way that is cheapest for a picture stored with this orientation, with
     * the same result: turns and crops in front of a resize are done with it, as a picture is
     * turned at less cost when it is small, and what is cut off need not be resized.
     */
    public List<Operation> steps(Orientation orientation) {
        List<Move> moves = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Move move) {
                moves.add(move);
            } else if (operation instanceof Resize resize && !moves.isEmpty()) {
                List<Operation> steps = new ArrayList<>();
                steps.add(new ResizeStored(moves, orientation, resize));
                steps.addAll(operations.subList(moves.size() + 1, operations.size()));
                return steps;
            } else {
                break;
            }
        }
        return operations;
    }

    /**
     * The size, as stored, that a picture must at least be decoded at: a decoder may deliver it
     * smaller than it is as long as this fits in. The picture's own size if every pixel is needed.
     *
     * @param stored size of the picture as stored
     * @throws UnfitException if the recipe cannot be applied to it
     */
    public Size floor(Size stored, Orientation orientation) {
        return switch (steps(orientation).stream().findFirst().orElse(null)) {
            case Resize resize -> resize.floor(stored, stored.pixels());
            case ResizeStored resize -> resize.floor(stored);
            case null, default -> stored;
        };
    }

    /**
     * Whether the result shows all of the upright picture as it was, and nothing else, so that a
     * thumbnail of the one tells nothing that the other does not: what was blurred or covered by a
     * mark stays unseen.
     */
    public boolean keepsView() {
        return operations.stream().allMatch(Recipe::keepsView);
    }

    private static boolean keepsView(Operation operation) {
        return operation instanceof Orient
                || operation instanceof Resize
                || operation instanceof ToSrgb
                || operation instanceof Flatten;
    }

    /**
     * What the recipe does to a picture of this size, if it neither makes new samples nor looks at
     * any. Whether converting to sRGB changes the colors is the picture's matter, and not asked
     * here; an opaque picture is assumed.
     *
     * @throws UnfitException if the recipe cannot be applied to it
     */
    public Optional<Rearrangement> rearrangement(Size stored, Orientation orientation) {
        View view = View.of(stored, orientation);
        for (Operation operation : operations) {
            if (operation instanceof Crop crop && crop.smart()) {
                return Optional.empty();
            } else if (operation instanceof Move move) {
                view = move.seen(view);
            } else if (!(operation instanceof ToSrgb || operation instanceof Flatten)) {
                return Optional.empty();
            }
        }
        Window window = view.window();
        return Optional.of(
                new Rearrangement(
                        window.left(), window.top(), window.size(), view.turn(), view.pending()));
    }

    /** The text that {@link RecipeParser} reads back to an equal recipe. */
    @Override
    public String toString() {
        Stream<String> last =
                format == null ? Stream.of() : Stream.of(FormatWords.text(format, settings));
        return Stream.concat(operations.stream().map(Operation::toString), last)
                .collect(Collectors.joining(" | "));
    }
}
