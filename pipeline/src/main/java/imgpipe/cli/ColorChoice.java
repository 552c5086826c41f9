package imgpipe.cli;

/** The values of {@code --color}. */
enum ColorChoice {
    /** Converted to sRGB, the profile dropped. */
    SRGB,
    /** Left as they are, with their profile. */
    KEEP
}
