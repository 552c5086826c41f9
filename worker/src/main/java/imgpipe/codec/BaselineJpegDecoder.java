package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The planes of a baseline JPEG at 1/8 or 1/4 of its size, one row of MCUs after another: codes
 * become coefficients ({@link BlockReader}), coefficients samples ({@link ReducedDct}). Its buffers
 * are used for one picture after another and hold one row.
 */
final class BaselineJpegDecoder {
    /** More blocks in an MCU are not allowed: T.81, B.2.3. */
    private static final int MOST_BLOCKS = 10;

    private static final int BLOCK = 8;
    private static final int FIRST_RESTART = 0xD0;
    private static final int RESTARTS = 8;

    private final ScanBytes bytes = new ScanBytes();
    private final BlockReader reader = new BlockReader();
    private byte[] upper = new byte[0];
    private byte[] lower = new byte[0];

    /**
     * A component on its way into a plane.
     *
     * @param number of the component
     * @param across its blocks in an MCU, across
     * @param down likewise
     * @param blocks in a row
     * @param values where its coefficients of a row of MCUs begin
     * @param perRow how many there are in each row of blocks
     */
    private record Part(
            int number, int across, int down, int blocks, int values, int perRow, Plane plane) {}

    /**
     * Whether a picture's sampling is one that is decoded here: luma is not reduced, both chroma
     * components are alike, and their samples are a whole number of luma samples wide and high.
     */
    static boolean takes(List<JpegComponent> components) {
        if (components.size() == 1) {
            return true;
        }
        JpegComponent luma = components.get(0);
        JpegComponent blue = components.get(1);
        JpegComponent red = components.get(2);
        return blue.across() == red.across()
                && blue.down() == red.down()
                && luma.across() % blue.across() == 0
                && luma.down() % blue.down() == 0
                && luma.across() * luma.down() + 2 * blue.across() * blue.down() <= MOST_BLOCKS;
    }

    /**
     * Decodes a picture's only scan.
     *
     * @param header of the file, whose components are {@linkplain #takes taken}
     * @param tables of the file
     * @param eighths samples for every eight pixels: 1 or 2
     * @throws PictureException UNSUPPORTED if anything is not as it should be
     */
    List<Plane> decode(
            MemorySegment file,
            JpegHeader header,
            BaselineTables tables,
            int eighths,
            Workspace workspace)
            throws PictureException {
        // The blocks of a single component come one by one, whatever its factors: T.81, A.2.2.
        List<JpegComponent> components =
                header.components().size() == 1
                        ? List.of(new JpegComponent(0, 1, 1))
                        : header.components();
        int pixelsAcross = BLOCK * components.getFirst().across();
        int pixelsDown = BLOCK * components.getFirst().down();
        int mcus = Math.ceilDiv(header.size().width(), pixelsAcross);
        int mcuRows = Math.ceilDiv(header.size().height(), pixelsDown);
        List<Part> parts = parts(header.size(), components, mcus, eighths, workspace);
        prepare(parts, tables, eighths);
        bytes.open(file, tables.codes());
        int interval = tables.interval() == 0 ? Integer.MAX_VALUE : tables.interval();
        int left = interval;
        int restarts = 0;
        for (int row = 0; row < mcuRows; row++) {
            int mcu = 0;
            while (mcu < mcus) {
                if (left == 0) {
                    bytes.requireEnd(reader.position(), FIRST_RESTART + restarts++ % RESTARTS);
                    reader.restart();
                    left = interval;
                }
                int next = read(mcu, mcu + Math.min(left, mcus - mcu));
                left -= next - mcu;
                mcu = next;
            }
            for (Part part : parts) {
                store(part, row, tables.steps(part.number), eighths);
            }
        }
        bytes.requireEnd(reader.position(), JpegMarkers.EOI);
        return parts.stream().map(Part::plane).toList();
    }

    private static List<Part> parts(
            Size size, List<JpegComponent> components, int mcus, int eighths, Workspace workspace) {
        JpegComponent luma = components.getFirst();
        List<Part> parts = new ArrayList<>();
        int values = 0;
        for (int i = 0; i < components.size(); i++) {
            int across = components.get(i).across();
            int down = components.get(i).down();
            int blocks = mcus * across;
            int perRow = blocks * BlockReader.values(eighths);
            double spanX = (double) size.width() * across * eighths / (BLOCK * luma.across());
            double spanY = (double) size.height() * down * eighths / (BLOCK * luma.down());
            int height = (int) Math.ceil(spanY);
            int stride = blocks * eighths;
            Plane plane =
                    new Plane(
                            workspace.allocate((long) stride * height),
                            (int) Math.ceil(spanX),
                            height,
                            stride,
                            spanX,
                            spanY);
            parts.add(new Part(i, across, down, blocks, values, perRow, plane));
            values += perRow * down;
        }
        return parts;
    }

    private void prepare(List<Part> parts, BaselineTables tables, int eighths) {
        int width = parts.getFirst().blocks * eighths;
        if (upper.length < width) {
            upper = new byte[width];
            lower = new byte[width];
        }
        reader.begin(
                eighths, parts.getLast().values + parts.getLast().perRow * parts.getLast().down);
        for (Part part : parts) {
            int perBlock = BlockReader.values(eighths);
            for (int y = 0; y < part.down; y++) {
                for (int x = 0; x < part.across; x++) {
                    reader.add(
                            part.number,
                            tables.dc(part.number),
                            tables.ac(part.number),
                            tables.steps(part.number)[0],
                            part.values + y * part.perRow + x * perBlock,
                            part.across * perBlock);
                }
            }
        }
    }

    /**
     * Reads MCUs of one row.
     *
     * @return the number of the one to be read next, greater than {@code from}
     */
    private int read(int from, int to) throws PictureException {
        int whole = reader.position() / Byte.SIZE;
        if (whole > bytes.limit() - Long.BYTES) {
            bytes.fill(whole);
            reader.dropped(whole);
        }
        int next = reader.read(bytes.codes(), bytes.limit(), from, to);
        if (next == BlockReader.DAMAGED) {
            throw new PictureException(Reason.UNSUPPORTED, "the codes of a scan are damaged");
        }
        return next;
    }

    private void store(Part part, int mcuRow, int[] steps, int eighths) {
        for (int y = 0; y < part.down; y++) {
            int row = mcuRow * part.down + y;
            int from = part.values + y * part.perRow;
            if (eighths == 1) {
                ReducedDct.eighth(reader.values(), from, part.blocks, steps, upper);
                store(part.plane, row, upper);
            } else {
                ReducedDct.quarter(reader.values(), from, part.blocks, steps, upper, lower);
                store(part.plane, 2 * row, upper);
                store(part.plane, 2 * row + 1, lower);
            }
        }
    }

    /** The last row of MCUs may reach below the plane. */
    private static void store(Plane plane, int y, byte[] row) {
        if (y < plane.height()) {
            plane.store(y, row);
        }
    }
}
