/**
 * One worker process per core, each with named pipes of its own. Knows what goes through the pipes
 * and nothing of what a worker does with it: must never know {@code engine} or {@code worker}.
 */
@NullMarked
package imgpipe.dispatch.process;

import org.jspecify.annotations.NullMarked;
