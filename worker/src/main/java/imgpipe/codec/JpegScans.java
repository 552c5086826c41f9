package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scans of a JPEG, found by stepping from marker to marker to its end. Costs a look at every
 * byte, but decodes none.
 *
 * @param count scans that begin, one more than allowed if there are too many
 * @param complete whether they give every coefficient of every component with all its bits
 * @param ended whether the end marker is there
 * @param end position of the end marker; without one, where the file ends or the segment begins
 *     that it cuts off
 * @param mends harmless faults of scan headers
 */
public record JpegScans(
        int count, boolean complete, boolean ended, long end, List<JpegMend> mends) {
    /**
     * More scans than any encoder writes. Each costs a pass over the whole picture, so that a small
     * file with many keeps a decoder busy for hours.
     */
    public static final int MOST = 100;

    private static final int COEFFICIENTS = 64;

    /** No scan has said anything of a coefficient. */
    private static final byte UNKNOWN = -1;

    public JpegScans {
        mends = List.copyOf(mends);
    }

    /**
     * Walks through a file.
     *
     * @param file the whole file
     * @param process of its frame
     * @param components of its frame
     * @param first position of the first SOS marker, whose segment is whole
     */
    static JpegScans walk(
            MemorySegment file, JpegProcess process, List<JpegComponent> components, long first) {
        byte[][] lowestBit = new byte[components.size()][COEFFICIENTS];
        for (byte[] bits : lowestBit) {
            Arrays.fill(bits, UNKNOWN);
        }
        List<JpegMend> mends = new ArrayList<>();
        int count = 0;
        boolean ended = false;
        long position = first;
        long end = file.byteSize();
        while (position >= 0) {
            int code = JpegMarkers.u8(file, position + 1);
            if (code == JpegMarkers.EOI) {
                ended = true;
                end = position;
                break;
            }
            long content = position + 2;
            if (!JpegMarkers.standsAlone(code)) {
                long next = afterSegment(file, position);
                if (next < 0) {
                    end = position;
                    break;
                }
                content = next;
            }
            if (code == JpegMarkers.SOS) {
                count++;
                if (count > MOST) {
                    break;
                }
                note(file, position, process, components, lowestBit, mends);
                position = JpegMarkers.afterCodes(file, content);
            } else {
                position = JpegMarkers.next(file, content);
            }
        }
        return new JpegScans(count, isZero(lowestBit), ended, end, mends);
    }

    /** Position behind a marker's segment, -1 if the file ends earlier. */
    private static long afterSegment(MemorySegment file, long position) {
        if (position + 4 > file.byteSize()) {
            return -1;
        }
        long next = position + 2 + Math.max(2, JpegMarkers.u16(file, position + 2));
        return next > file.byteSize() ? -1 : next;
    }

    private static void note(
            MemorySegment file,
            long position,
            JpegProcess process,
            List<JpegComponent> components,
            byte[][] lowestBit,
            List<JpegMend> mends) {
        long spectrum = spectrum(file, position);
        if (spectrum < 0) {
            return;
        }
        int from = 0;
        int to = COEFFICIENTS - 1;
        byte lowest = 0;
        if (process.progressive()) {
            from = JpegMarkers.u8(file, spectrum);
            to = Math.min(JpegMarkers.u8(file, spectrum + 1), COEFFICIENTS - 1);
            lowest = (byte) (JpegMarkers.u8(file, spectrum + 2) & 0x0F);
        } else if (process.sequential()) {
            mendSpectrum(file, position, mends);
        }
        for (long at = position + 5; at < spectrum; at += 2) {
            int id = JpegMarkers.u8(file, at);
            for (int c = 0; c < components.size(); c++) {
                if (components.get(c).id() == id && from <= to) {
                    Arrays.fill(lowestBit[c], from, to + 1, lowest);
                }
            }
        }
    }

    /** Position of Ss, Se, Ah and Al in a scan's header, -1 if its length is wrong. */
    private static long spectrum(MemorySegment file, long position) {
        int length = JpegMarkers.u16(file, position + 2);
        int inScan = length < 3 ? 0 : JpegMarkers.u8(file, position + 4);
        return length == 6 + 2 * inScan ? position + 5 + 2L * inScan : -1;
    }

    /**
     * Panoramas of some phones say that a sequential scan holds coefficients 0 to 0; T.81, table
     * B.3 asks for 0 to 63, and so it is decoded by everybody.
     *
     * @param position of the scan's SOS marker
     */
    static void mendSpectrum(MemorySegment file, long position, List<JpegMend> mends) {
        long spectrum = spectrum(file, position);
        int[] wanted = {0, COEFFICIENTS - 1, 0};
        for (int i = 0; spectrum >= 0 && i < wanted.length; i++) {
            if (JpegMarkers.u8(file, spectrum + i) != wanted[i]) {
                mends.add(
                        new JpegMend(
                                spectrum + i,
                                1,
                                wanted[i],
                                "a scan's header has parameters that only progressive JPEGs use"));
            }
        }
    }

    private static boolean isZero(byte[][] lowestBit) {
        for (byte[] bits : lowestBit) {
            for (byte bit : bits) {
                if (bit != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
