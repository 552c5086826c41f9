package imgpipe.codec;

/**
 * One component of a JPEG's frame.
 *
 * @param id its identifier, 0 to 255
 * @param across horizontal sampling factor, 1 to 4
 * @param down vertical sampling factor, 1 to 4
 */
public record JpegComponent(int id, int across, int down) {}
