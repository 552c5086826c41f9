/**
 * The words that all stores speak: a store is a folder, a web server, a bucket or an archive that
 * pictures lie in or go to. Knows nothing else; must never know what is inside a picture, nor which
 * kinds of stores there are.
 */
@NullMarked
package imgpipe.transfer.store;

import org.jspecify.annotations.NullMarked;
