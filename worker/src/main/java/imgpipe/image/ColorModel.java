package imgpipe.image;

/**
 * What the color planes of a picture mean, in order. Alpha, where there is one, is a further plane
 * behind them.
 */
public enum ColorModel {
    /** Luma alone, 0 is black. */
    GREY(1),
    /**
     * Y, Cb, Cr of ITU-R BT.601 with full range, as JFIF defines them; Cb and Cr are centred on
     * 128.
     */
    YCC(3),
    /** Red, green, blue. */
    RGB(3),
    /** Cyan, magenta, yellow, black; 0 is no ink. */
    CMYK(4);

    private final int planes;

    ColorModel(int planes) {
        this.planes = planes;
    }

    /** Number of color planes, alpha not counted. */
    public int planes() {
        return planes;
    }
}
