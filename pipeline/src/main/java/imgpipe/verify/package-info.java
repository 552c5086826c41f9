/**
 * Compares an output folder with its ledger. Knows {@code ledger}, {@code job} and {@code
 * dispatch}; must never write, print, or decode a picture itself.
 */
@NullMarked
package imgpipe.verify;

import org.jspecify.annotations.NullMarked;
