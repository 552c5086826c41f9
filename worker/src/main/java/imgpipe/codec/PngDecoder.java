package imgpipe.codec;

import imgpipe.codec.ffm.Libdeflate;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One PNG to planes, row by row. */
final class PngDecoder {
    /**
     * Up to so many bytes are inflated at once, which is faster but takes memory for all of them;
     * 60 MB are the rows of a 15-megapixel picture with alpha.
     */
    private static final long AT_ONCE = 64L << 20;

    private final @Nullable Libdeflate library;
    private final Workspace workspace;

    PngDecoder(@Nullable Libdeflate library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    Decoded decode(MemorySegment file, boolean lenient) throws PictureException {
        PngStructure png = PngStructure.of(file, true);
        List<String> warnings = new ArrayList<>();
        PictureException fault = png.fault();
        if (fault != null && png.data().isEmpty()) {
            throw fault; // nothing is there to be kept
        }
        report(fault, lenient, warnings);
        PngLayout layout = PngLayout.of(file);
        PngUnpacker unpacker =
                new PngUnpacker(layout, png.palette(), png.transparency(), png.profile() != null);
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < unpacker.channels(); i++) {
            planes.add(Plane.allocate(workspace, layout.size().width(), layout.size().height()));
        }
        try (PngRows rows = rows(png.data(), layout.bytes())) {
            fill(planes, layout, unpacker, rows, lenient, warnings);
        }
        Picture picture = Picture.of(layout.size(), unpacker.color(), unpacker.alpha(), planes);
        return new Decoded(picture.with(png.orientation()).withProfile(png.profile()), warnings);
    }

    /** A fault ends the matter, or becomes a warning. */
    private static void report(
            @Nullable PictureException fault, boolean lenient, List<String> warnings)
            throws PictureException {
        if (fault != null) {
            if (!lenient) {
                throw fault;
            }
            warnings.add(String.valueOf(fault.getMessage()));
        }
    }

    /** Whatever the library refuses is for the JDK to judge, which knows how far it gets. */
    private PngRows rows(List<MemorySegment> parts, long bytes) {
        if (library != null && bytes <= AT_ONCE && !parts.isEmpty()) {
            MemorySegment rows = workspace.allocate(bytes);
            if (library.inflate(joined(parts), rows)) {
                return new WholeRows(rows);
            }
        }
        return new InflatedRows(parts);
    }

    private MemorySegment joined(List<MemorySegment> parts) {
        if (parts.size() == 1 && parts.getFirst().isNative()) {
            return parts.getFirst();
        }
        long total = parts.stream().mapToLong(MemorySegment::byteSize).sum();
        MemorySegment whole = workspace.allocate(total);
        long at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, 0, whole, at, part.byteSize());
            at += part.byteSize();
        }
        return whole;
    }

    private static void fill(
            List<Plane> planes,
            PngLayout layout,
            PngUnpacker unpacker,
            PngRows rows,
            boolean lenient,
            List<String> warnings)
            throws PictureException {
        if (lenient) {
            planes.forEach(plane -> plane.samples().fill((byte) 0));
        }
        int longest = Math.toIntExact(1 + layout.rowBytes(layout.size().width()));
        byte[] row = new byte[longest + PngFilter.SLACK];
        byte[] above = new byte[longest + PngFilter.SLACK];
        byte[][] samples = new byte[planes.size()][layout.size().width()];
        byte[] whole = new byte[layout.interlaced() ? layout.size().width() : 0];
        try {
            for (PngPass pass : layout.passes()) {
                int width = pass.size().width();
                int length = Math.toIntExact(1 + layout.rowBytes(width));
                Arrays.fill(above, (byte) 0);
                for (int y = 0; y < pass.size().height(); y++) {
                    rows.read(row, length);
                    PngFilter.undo(row, above, length, layout.distance());
                    unpacker.unpack(row, width, samples);
                    for (int i = 0; i < samples.length; i++) {
                        store(samples[i], pass, y, planes.get(i), whole);
                    }
                    byte[] next = above;
                    above = row;
                    row = next;
                }
            }
        } catch (PictureException e) {
            report(e, lenient, warnings);
        }
    }

    private static void store(byte[] samples, PngPass pass, int y, Plane plane, byte[] whole) {
        int target = pass.top() + y * pass.downStep();
        if (pass.acrossStep() == 1) {
            plane.store(target, samples);
            return;
        }
        plane.load(target, whole);
        int step = pass.acrossStep();
        for (int x = 0, at = pass.left(); x < pass.size().width(); x++, at += step) {
            whole[at] = samples[x];
        }
        plane.store(target, whole);
    }
}
