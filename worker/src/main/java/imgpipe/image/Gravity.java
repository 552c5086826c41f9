package imgpipe.image;

import java.util.Locale;
import java.util.Optional;

/** Where a small thing lies in a large one. */
public enum Gravity {
    NORTHWEST(0, 0),
    NORTH(1, 0),
    NORTHEAST(2, 0),
    WEST(0, 1),
    CENTRE(1, 1),
    EAST(2, 1),
    SOUTHWEST(0, 2),
    SOUTH(1, 2),
    SOUTHEAST(2, 2);

    private final int halvesX;
    private final int halvesY;

    Gravity(int halvesX, int halvesY) {
        this.halvesX = halvesX;
        this.halvesY = halvesY;
    }

    /** The gravity with this name in either case; {@code center} is {@code centre}. */
    public static Optional<Gravity> of(String name) {
        String word = name.toUpperCase(Locale.ROOT);
        for (Gravity gravity : values()) {
            if (gravity.name().equals(word.equals("CENTER") ? "CENTRE" : word)) {
                return Optional.of(gravity);
            }
        }
        return Optional.empty();
    }

    /** Free space on the left, given the free space left and right together. */
    public int left(int free) {
        return free * halvesX / 2;
    }

    /** Free space above, given the free space above and below together. */
    public int top(int free) {
        return free * halvesY / 2;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
