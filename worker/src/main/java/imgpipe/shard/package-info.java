/**
 * The words that coordinator and worker both speak: tasks, renditions, shards, limits, outcomes.
 * Knows the JDK and nothing else.
 */
@NullMarked
package imgpipe.shard;

import org.jspecify.annotations.NullMarked;
