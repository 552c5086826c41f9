/**
 * One task from the source file to the temporary files of its renditions, in one thread. Joins
 * codecs and operations; must never know of processes, pipes or where outputs are published.
 */
@NullMarked
package imgpipe.engine;

import org.jspecify.annotations.NullMarked;
