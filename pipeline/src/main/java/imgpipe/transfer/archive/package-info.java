/**
 * Archives as places that pictures lie in or go to: tar, compressed or not, and zip are read, and
 * numbered tars of samples are written as WebDataset reads them. Must never know what is inside a
 * picture, nor unpack anything under a name that an archive has chosen.
 */
@NullMarked
package imgpipe.transfer.archive;

import org.jspecify.annotations.NullMarked;
