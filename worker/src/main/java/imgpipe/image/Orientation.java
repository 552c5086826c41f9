package imgpipe.image;

/**
 * How a stored picture has to be turned to stand upright: the eight values of the EXIF tag
 * Orientation (0x0112), Exif 2.32, section 4.6.4 A.
 */
public enum Orientation {
    /** 1: as stored. */
    UPRIGHT(1, false, false, false),
    /** 2: mirrored left to right. */
    MIRRORED(2, false, true, false),
    /** 3: turned by 180 degrees. */
    UPSIDE_DOWN(3, false, true, true),
    /** 4: mirrored top to bottom. */
    FLIPPED(4, false, false, true),
    /** 5: mirrored at the diagonal from top left to bottom right. */
    TRANSPOSED(5, true, false, false),
    /** 6: has to be turned by 90 degrees clockwise. */
    TURN_RIGHT(6, true, true, false),
    /** 7: mirrored at the diagonal from top right to bottom left. */
    TRANSVERSED(7, true, true, true),
    /** 8: has to be turned by 90 degrees counter-clockwise. */
    TURN_LEFT(8, true, false, true);

    private final int exif;
    private final boolean transposes;
    private final boolean mirrorsX;
    private final boolean mirrorsY;

    Orientation(int exif, boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        this.exif = exif;
        this.transposes = transposes;
        this.mirrorsX = mirrorsX;
        this.mirrorsY = mirrorsY;
    }

    /**
     * The orientation with this EXIF number; whatever is not 1 to 8 counts as 1, as in every
     * viewer.
     */
    public static Orientation ofExif(int number) {
        for (Orientation orientation : values()) {
            if (orientation.exif == number) {
                return orientation;
            }
        }
        return UPRIGHT;
    }

    /** The EXIF number, 1 to 8. */
    public int exif() {
        return exif;
    }

    /** Whether rows become columns. The steps are: transpose first, then mirror. */
    public boolean transposes() {
        return transposes;
    }

    /** Whether left and right change places, after transposing. */
    public boolean mirrorsX() {
        return mirrorsX;
    }

    /** Whether top and bottom change places, after transposing. */
    public boolean mirrorsY() {
        return mirrorsY;
    }

    /**
     * The upright size of a picture stored with this orientation, and the stored size of an upright
     * one.
     */
    public Size turn(Size size) {
        return transposes ? size.turned() : size;
    }

    /** The one turn that does the same as this one and another after it. */
    public Orientation then(Orientation next) {
        // Mirroring and then transposing is transposing and then mirroring the other sides.
        boolean x = next.mirrorsX ^ (next.transposes ? mirrorsY : mirrorsX);
        boolean y = next.mirrorsY ^ (next.transposes ? mirrorsX : mirrorsY);
        for (Orientation orientation : values()) {
            if (orientation.transposes == (transposes ^ next.transposes)
                    && orientation.mirrorsX == x
                    && orientation.mirrorsY == y) {
                return orientation;
            }
        }
        throw new AssertionError("there are eight");
    }
}
