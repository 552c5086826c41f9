/**
 * Codecs that call native libraries through the Foreign Function and Memory API, and how those
 * libraries are found. Knows {@code codec} and {@code image}; must never know of tasks, recipes or
 * processes, nor be needed for anything: where a library is missing, other codecs do its work.
 */
@NullMarked
package imgpipe.codec.ffm;

import org.jspecify.annotations.NullMarked;
