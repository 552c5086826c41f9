package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The tables that a baseline JPEG defines before its scan, and which of them each component uses
 * (ITU-T T.81, B.2). Used for one file after another: a table that is the same as in the last one
 * is not built again.
 *
 * <p>{@link #read} is stricter than T.81: whatever is unusual is {@link Reason#UNSUPPORTED}.
 */
final class BaselineTables {
    private static final int TABLES = 4;
    private static final int MOST_COMPONENTS = 3;
    private static final int COEFFICIENTS = 64;

    /** Bits of {@link #defined}, to be shifted by the number of a table. */
    private static final int DC = 1;

    private static final int AC = 1 << TABLES;
    private static final int STEPS = AC << TABLES;

    private final int[][] steps = new int[TABLES][];
    private final HuffmanTable[] dc = new HuffmanTable[TABLES];
    private final HuffmanTable[] ac = new HuffmanTable[TABLES];
    private int defined;
    private int frames;
    private int components;
    private final int[] ids = new int[MOST_COMPONENTS];
    private final int[] stepsOf = new int[MOST_COMPONENTS];
    private final int[] codesOf = new int[MOST_COMPONENTS];
    private int interval;
    private long codes;

    BaselineTables() {
        for (int i = 0; i < TABLES; i++) {
            steps[i] = new int[COEFFICIENTS];
            dc[i] = HuffmanTable.ofDc();
            ac[i] = HuffmanTable.ofAc();
        }
    }

    /**
     * Reads the segments up to the first scan's header.
     *
     * @param file the whole file
     * @throws PictureException UNSUPPORTED unless this is a Huffman-coded sequential picture of 8
     *     bits whose components, one or three, are all in the first scan
     */
    void read(MemorySegment file) throws PictureException {
        defined = 0;
        frames = 0;
        interval = 0;
        long position = 2;
        while (true) {
            require(position + 4 <= file.byteSize(), "the header ends too early");
            require(JpegMarkers.u8(file, position) == 0xFF, "bytes lie between two segments");
            int code = JpegMarkers.u8(file, position + 1);
            int length = JpegMarkers.u16(file, position + 2);
            long next = position + 2 + length;
            require(length >= 2 && next <= file.byteSize(), "a segment has no such length");
            MemorySegment content = file.asSlice(position + 4, length - 2L);
            switch (code) {
                case 0xC0, 0xC1 -> readFrame(content);
                case 0xC4 -> readCodes(content);
                case 0xDB -> readSteps(content);
                case 0xDD -> {
                    require(content.byteSize() == 2, "a restart interval has no such length");
                    interval = JpegMarkers.u16(content, 0);
                }
                case JpegMarkers.SOS -> {
                    readScan(content);
                    codes = next;
                    return;
                }
                // APPn and COM
                default ->
                        require(
                                (code >= 0xE0 && code <= 0xEF) || code == 0xFE,
                                "baseline JPEGs have no such segment");
            }
            position = next;
        }
    }

    /** Quantization steps of a component, in zigzag order, 0 to 255. */
    int[] steps(int component) {
        return steps[stepsOf[component]];
    }

    /** Codes of a component's DC differences. */
    HuffmanTable dc(int component) {
        return dc[codesOf[component] >> 4];
    }

    /** Codes of a component's AC coefficients. */
    HuffmanTable ac(int component) {
        return ac[codesOf[component] & 0x0F];
    }

    /** MCUs between two restart markers, 0 for no such markers. */
    int interval() {
        return interval;
    }

    /** Position of the first byte of the scan's codes. */
    long codes() {
        return codes;
    }

    private void readFrame(MemorySegment content) throws PictureException {
        frames++;
        components = content.byteSize() < 6 ? 0 : JpegMarkers.u8(content, 5);
        require(
                frames == 1
                        && (components == 1 || components == 3)
                        && content.byteSize() == 6 + 3L * components,
                "its frame is none of one or three components");
        require(JpegMarkers.u8(content, 0) == 8, "it does not have 8 bits");
        for (int i = 0; i < components; i++) {
            ids[i] = JpegMarkers.u8(content, 6 + 3L * i);
            stepsOf[i] = JpegMarkers.u8(content, 8 + 3L * i);
            for (int j = 0; j < i; j++) {
                require(ids[i] != ids[j], "two components have the same identifier");
            }
        }
    }

    private void readSteps(MemorySegment content) throws PictureException {
        require(content.byteSize() % (1 + COEFFICIENTS) == 0, "quantization is of no such length");
        for (long at = 0; at < content.byteSize(); at += 1 + COEFFICIENTS) {
            int number = JpegMarkers.u8(content, at);
            require(number < TABLES, "quantization is not of 8 bits");
            for (int i = 0; i < COEFFICIENTS; i++) {
                steps[number][i] = JpegMarkers.u8(content, at + 1 + i);
            }
            defined |= STEPS << number;
        }
    }

    private void readCodes(MemorySegment content) throws PictureException {
        long at = 0;
        while (at < content.byteSize()) {
            int name = JpegMarkers.u8(content, at);
            int number = name & 0x0F;
            require(name >> 4 <= 1 && number < TABLES, "Huffman codes have no such number");
            long length = HuffmanTable.LONGEST_CODE;
            require(at + 1 + length <= content.byteSize(), "Huffman codes end too early");
            for (int i = 1; i <= HuffmanTable.LONGEST_CODE; i++) {
                length += JpegMarkers.u8(content, at + i);
            }
            require(
                    length <= HuffmanTable.LONGEST_CODE + 256L
                            && at + 1 + length <= content.byteSize(),
                    "Huffman codes end too early");
            byte[] definition = content.asSlice(at + 1, length).toArray(ValueLayout.JAVA_BYTE);
            HuffmanTable table = name >> 4 == 0 ? dc[number] : ac[number];
            require(table.define(definition), "Huffman codes contradict each other");
            defined |= (name >> 4 == 0 ? DC : AC) << number;
            at += 1 + length;
        }
    }

    private void readScan(MemorySegment content) throws PictureException {
        require(
                frames == 1
                        && content.byteSize() == 4 + 2L * components
                        && JpegMarkers.u8(content, 0) == components,
                "its scan does not have all components");
        for (int i = 0; i < components; i++) {
            codesOf[i] = JpegMarkers.u8(content, 2 + 2L * i);
            int dcNumber = codesOf[i] >> 4;
            int acNumber = codesOf[i] & 0x0F;
            require(
                    JpegMarkers.u8(content, 1 + 2L * i) == ids[i],
                    "its scan has the components in another order");
            require(
                    dcNumber < TABLES && acNumber < TABLES && stepsOf[i] < TABLES,
                    "a component names tables that cannot be");
            int needed = DC << dcNumber | AC << acNumber | STEPS << stepsOf[i];
            require((defined & needed) == needed, "a component's tables are missing");
        }
        long spectrum = 1 + 2L * components;
        require(
                JpegMarkers.u16(content, spectrum) == COEFFICIENTS - 1
                        && JpegMarkers.u8(content, spectrum + 2) == 0,
                "its scan is not that of a sequential picture");
    }

    private static void require(boolean usual, String otherwise) throws PictureException {
        if (!usual) {
            throw new PictureException(Reason.UNSUPPORTED, otherwise);
        }
    }
}
