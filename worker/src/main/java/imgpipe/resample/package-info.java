/**
 * Changes the number of samples of a plane: kernels, their taps, and the vector code that applies
 * them. Knows {@code image} and nothing else.
 */
@NullMarked
package imgpipe.resample;

import org.jspecify.annotations.NullMarked;
