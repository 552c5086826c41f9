/**
 * Starts processes that can reach only the files that are named, and no network, where the kernel
 * has Landlock. Knows system calls and paths; must never know what the processes are for.
 */
@NullMarked
package imgpipe.dispatch.process.confine;

import org.jspecify.annotations.NullMarked;
