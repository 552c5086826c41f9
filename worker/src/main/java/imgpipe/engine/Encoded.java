package imgpipe.engine;

import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;

/**
 * An output that is not yet written.
 *
 * @param bytes the whole file, valid until the workspace takes its memory back
 * @param size of its picture in pixels
 */
record Encoded(MemorySegment bytes, Size size) {}
