/**
 * Moves pictures between where users keep them and where workers read and write, on threads that
 * may wait for a disk. Knows {@code shard}; must never know what is inside a picture.
 */
@NullMarked
package imgpipe.transfer;

import org.jspecify.annotations.NullMarked;
