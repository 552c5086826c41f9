package imgpipe.cli;

/** The values of {@code --log-format}. */
enum LogFormat {
    TEXT,
    /** One JSON object a line. */
    JSON
}
