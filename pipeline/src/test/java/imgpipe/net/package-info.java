/** Servers and networks of this machine for tests and benchmarks, good and bad ones. */
@NullMarked
package imgpipe.net;

import org.jspecify.annotations.NullMarked;
