/**
 * Fuzz targets for what this package reads. They lie in its package to reach what is not public.
 */
@NullMarked
package imgpipe.job;

import org.jspecify.annotations.NullMarked;
