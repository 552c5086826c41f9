/**
 * What a picture is: planes of 8-bit samples in off-heap memory, and the facts about formats. Knows
 * the JDK and nothing else.
 */
@NullMarked
package imgpipe.image;

import org.jspecify.annotations.NullMarked;
