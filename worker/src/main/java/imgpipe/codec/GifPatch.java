package imgpipe.codec;

import imgpipe.image.Size;

/**
 * The part of a frame that has to be drawn.
 *
 * @param left column of the canvas where it begins
 * @param top row of the canvas where it begins
 * @param pixels ARGB, row after row, opaque or 0; the latter leave the canvas as it is
 * @param clears whether its place becomes transparent before the next frame is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GifPatch(int left, int top, Size size, int[] pixels, boolean clears) {}
