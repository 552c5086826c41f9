package imgpipe.operation;

import java.util.Locale;
import java.util.Optional;

/** How a picture is fitted into a box. */
public enum Fit {
    /** As large as fits, keeping its shape. */
    INSIDE,
    /** As small as covers the box, keeping its shape; what sticks out is cut off. */
    COVER,
    /** As large as fits, and the rest of the box filled with the background. */
    PAD,
    /** Exactly the box, changing its shape. */
    FILL;

    /** The fit with this name, in either case. */
    public static Optional<Fit> of(String name) {
        for (Fit fit : values()) {
            if (fit.name().equalsIgnoreCase(name)) {
                return Optional.of(fit);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
