/**
 * Lists of addresses, and the names that pictures from elsewhere get in a folder: every name lies
 * below the root that it is resolved against, whoever has chosen it. Must never know what reads the
 * addresses, nor what becomes of the pictures.
 */
@NullMarked
package imgpipe.listing;

import org.jspecify.annotations.NullMarked;
