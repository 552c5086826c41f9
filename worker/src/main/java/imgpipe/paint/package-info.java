/**
 * What needs AWT or its color management on a small picture: ICC conversion, and text for
 * watermarks. Knows {@code image}; must never know of files, recipes or codecs.
 */
@NullMarked
package imgpipe.paint;

import org.jspecify.annotations.NullMarked;
