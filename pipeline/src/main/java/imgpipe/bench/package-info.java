/**
 * The demonstration: the same pictures in a plain loop, on threads and in worker processes,
 * measured side by side. Knows what runs shards by its port alone, and must never print.
 */
@NullMarked
package imgpipe.bench;

import org.jspecify.annotations.NullMarked;
