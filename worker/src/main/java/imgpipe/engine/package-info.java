/** One task from the source's bytes to the outputs' temporary files. */
@NullMarked
package imgpipe.engine;

import org.jspecify.annotations.NullMarked;
