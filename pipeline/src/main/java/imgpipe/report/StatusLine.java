package imgpipe.report;

/** The one line of a terminal that is drawn over and over. Safe for use by several threads. */
public interface StatusLine {
    /** Draws the line over the one before; it is shorter than {@link #columns()}. */
    void show(String line);

    /** Takes the line away. */
    void clear();

    /** Width of the terminal in characters. */
    int columns();

    /** Whether characters beyond ASCII can be shown. */
    boolean unicode();

    /** Whether the line may have colors. */
    boolean colored();
}
