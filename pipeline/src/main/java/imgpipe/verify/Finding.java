package imgpipe.verify;

/**
 * One file with which something is wrong.
 *
 * @param path relative to the output folder, percent-encoded
 * @param sentence how it is wrong, or empty where the fault says all
 */
public record Finding(Fault fault, String path, String sentence) {}
