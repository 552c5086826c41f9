/**
 * The port between the job and whatever runs shards. Knows {@code shard} alone; its implementations
 * live in packages below and know nothing of each other.
 */
@NullMarked
package imgpipe.dispatch;

import org.jspecify.annotations.NullMarked;
