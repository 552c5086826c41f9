/**
 * The same engine on threads of this process: for debugging, for demonstration, and for systems
 * without FIFOs. Must never know {@code worker} or {@code protocol}.
 */
@NullMarked
package imgpipe.dispatch.local;

import org.jspecify.annotations.NullMarked;
