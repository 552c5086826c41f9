/**
 * Fuzz targets for what this package reads. They lie in its package to reach what is not public.
 */
@NullMarked
package imgpipe.protocol;

import org.jspecify.annotations.NullMarked;
