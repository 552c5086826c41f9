/**
 * What coordinator and worker say to each other, and the bytes it is said in. Knows {@code shard}
 * and plain streams; must never know of pipes, processes or who is at the other end.
 */
@NullMarked
package imgpipe.protocol;

import org.jspecify.annotations.NullMarked;
