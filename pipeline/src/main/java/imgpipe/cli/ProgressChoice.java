package imgpipe.cli;

/** The values of {@code --progress}. */
enum ProgressChoice {
    /** A bar on a terminal, otherwise a line a minute. */
    AUTO,
    /** A bar wherever standard error goes. */
    ALWAYS,
    /** Nothing. */
    NEVER
}
