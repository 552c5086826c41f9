/**
 * Named pipes between two processes: making, opening in the agreed order, taking away. Knows the
 * JDK and the program {@code mkfifo}; must never know what goes through a pipe.
 */
@NullMarked
package imgpipe.pipe;

import org.jspecify.annotations.NullMarked;
