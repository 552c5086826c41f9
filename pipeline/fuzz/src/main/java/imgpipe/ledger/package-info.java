/**
 * Fuzz targets for what this package reads. They lie in its package to reach what is not public.
 */
@NullMarked
package imgpipe.ledger;

import org.jspecify.annotations.NullMarked;
