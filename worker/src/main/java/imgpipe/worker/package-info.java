/**
 * The child process: does one task after the other as it is told. Must never know what becomes of
 * an outcome, nor where pictures come from and go to.
 */
@NullMarked
package imgpipe.worker;

import org.jspecify.annotations.NullMarked;
