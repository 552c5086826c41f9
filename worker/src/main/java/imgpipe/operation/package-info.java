/**
 * What can be done to a picture: one operation, one record, one file. Knows {@code image} and
 * {@code resample}; must never know of files, codecs or processes. What needs AWT or the disk comes
 * in through {@link imgpipe.operation.OperationContext}.
 */
@NullMarked
package imgpipe.operation;

import org.jspecify.annotations.NullMarked;
