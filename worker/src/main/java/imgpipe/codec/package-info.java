/**
 * Bytes to pictures and back. The decoder is chosen by the file's first bytes, never by its name.
 * Knows {@code image}; must never know of tasks, recipes or processes.
 */
@NullMarked
package imgpipe.codec;

import org.jspecify.annotations.NullMarked;
