package imgpipe.dispatch.process.confine;

import java.nio.file.Path;

/**
 * One exception from "nothing".
 *
 * @param path a file, or a folder with everything in and below it; a link stands for what it leads
 *     to. What is not there when a process is started is not granted, even if it appears later.
 * @param access what is allowed there
 */
public record Grant(Path path, Access access) {}
