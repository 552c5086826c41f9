package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.JpegColor;
import imgpipe.codec.JpegComponent;
import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegMend;
import imgpipe.codec.JpegProcess;
import imgpipe.codec.JpegScans;
import imgpipe.codec.JpegTransformer;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Optional;

/** Turns and cuts JPEGs by libjpeg-turbo. */
@SuppressWarnings("restricted")
public final class TurboJpegTransformer implements JpegTransformer {
    private static final int BLOCK = 8;

    private final TurboJpeg library;

    TurboJpegTransformer(TurboJpeg library) {
        this.library = library;
    }

    /** Empty where the library is not found. */
    public static Optional<JpegTransformer> load() {
        return TurboJpeg.binding().map(TurboJpegTransformer::new);
    }

    @Override
    public boolean handles(JpegHeader header) {
        return header.precision() == 8
                && (header.color() == JpegColor.GREY || header.color() == JpegColor.YCC)
                && (header.process() == JpegProcess.BASELINE
                        || header.process() == JpegProcess.EXTENDED
                        || header.process() == JpegProcess.PROGRESSIVE);
    }

    @Override
    public boolean isIntact(
            MemorySegment file,
            JpegHeader header,
            Workspace workspace,
            Collection<String> warnings) {
        return make(file, header, JpegTransform.NOTHING, workspace, warnings).isPresent();
    }

    @Override
    public Optional<MemorySegment> transform(
            MemorySegment file,
            JpegHeader header,
            int left,
            int top,
            Size part,
            Orientation turn,
            boolean progressive,
            Workspace workspace,
            Collection<String> warnings) {
        Size whole = turn.turn(header.size());
        Size kept = turn.turn(part);
        int x = turn.transposes() ? top : left;
        int y = turn.transposes() ? left : top;
        x = turn.mirrorsX() ? whole.width() - kept.width() - x : x;
        y = turn.mirrorsY() ? whole.height() - kept.height() - y : y;
        boolean cut = !kept.equals(whole);
        if (cut && !beginsAtBlocks(header, turn, x, y)) {
            return Optional.empty();
        }
        boolean scans = progressive || header.process().progressive();
        return make(
                file,
                header,
                new JpegTransform(turn, x, y, cut ? kept : null, scans, true),
                workspace,
                warnings);
    }

    /** The library compares with the stored picture's MCU, and cuts at the turned one's. */
    private static boolean beginsAtBlocks(JpegHeader header, Orientation turn, int x, int y) {
        boolean grey = header.color() == JpegColor.GREY;
        int across = BLOCK;
        int down = BLOCK;
        for (JpegComponent component : header.components()) {
            across = Math.max(across, grey ? 0 : BLOCK * component.across());
            down = Math.max(down, grey ? 0 : BLOCK * component.down());
        }
        if (turn.transposes()) {
            across = Math.max(across, down);
            down = across;
        }
        return x % across == 0 && y % down == 0;
    }

    private Optional<MemorySegment> make(
            MemorySegment file,
            JpegHeader header,
            JpegTransform transform,
            Workspace workspace,
            Collection<String> warnings) {
        MemorySegment jpeg =
                file.isNative() ? file : workspace.allocate(file.byteSize()).copyFrom(file);
        jpeg = JpegMend.apply(jpeg, header.mends(), workspace);
        MemorySegment handle = library.transformer(JpegBounds.of(header));
        Optional<MemorySegment> made;
        Optional<JpegMend> padding = Optional.empty();
        try {
            if (!readsTheSame(handle, jpeg, header)) {
                return Optional.empty();
            }
            made = attempt(handle, jpeg, transform, workspace);
            if (made.isEmpty()) {
                String complaint = library.error(handle);
                JpegComplaint.throwIfOutOfMemory(complaint);
                JpegScans scans = header.scans(jpeg);
                if (scans.ended()) {
                    padding = JpegComplaint.padding(complaint, jpeg, scans);
                }
            }
        } finally {
            library.destroy(handle);
        }
        if (padding.isPresent()) {
            // A handle that has complained is not used again.
            MemorySegment second = library.transformer(JpegBounds.of(header));
            try {
                MemorySegment mended = JpegMend.apply(jpeg, padding.stream().toList(), workspace);
                made = attempt(second, mended, transform, workspace);
            } finally {
                library.destroy(second);
            }
        }
        if (made.isPresent()) {
            header.mends().forEach(mend -> warnings.add(mend.sentence()));
            padding.ifPresent(mend -> warnings.add(mend.sentence()));
        }
        return made;
    }

    /**
     * Whether the library reads the header as it was read here: where to cut, and what that may
     * cost, has been worked out from the latter. Libraries without bounds of their own are held to
     * it by this; the header is of no more scans than are allowed.
     */
    private boolean readsTheSame(MemorySegment handle, MemorySegment jpeg, JpegHeader header) {
        TurboJpeg.Frame frame = library.header(handle, jpeg);
        if (frame.width() != header.size().width() || frame.height() != header.size().height()) {
            return false;
        }
        Optional<JpegSubsampling> known = JpegSubsampling.ofNumber(frame.subsampling());
        if (known.isEmpty()) {
            return true;
        }
        JpegSubsampling sampling = known.get();
        boolean grey = header.color() == JpegColor.GREY;
        if (grey || sampling == JpegSubsampling.GREY) {
            return grey && sampling == JpegSubsampling.GREY;
        }
        JpegComponent luma = header.components().getFirst();
        JpegComponent chroma = header.components().get(1);
        return luma.across() == sampling.across(1) * chroma.across()
                && luma.down() == sampling.down(1) * chroma.down();
    }

    private Optional<MemorySegment> attempt(
            MemorySegment handle,
            MemorySegment jpeg,
            JpegTransform transform,
            Workspace workspace) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_LONG);
            try {
                if (library.transform(handle, jpeg, transform, pointer, size) != 0) {
                    return Optional.empty();
                }
                long length = transform.writes() ? size.get(JAVA_LONG, 0) : 0;
                MemorySegment made = pointer.get(ADDRESS, 0).reinterpret(length);
                return Optional.of(workspace.allocate(length).copyFrom(made));
            } finally {
                MemorySegment made = pointer.get(ADDRESS, 0);
                if (!made.equals(MemorySegment.NULL)) {
                    library.free(made);
                }
            }
        }
    }
}
