package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.codec.WebpStructure;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Metadata;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** An animated WebP to frames, each drawn on the whole canvas, in red, green, blue and alpha. */
@SuppressWarnings("restricted")
final class WebpAnimationDecoder {
    private static final int DATA = 16;
    private static final int DATA_SIZE = 8;
    private static final int INFO = 64;
    private static final int CHANNELS = 4;

    private final WebpAnimations library;
    private final Workspace workspace;

    WebpAnimationDecoder(WebpAnimations library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    /**
     * The animation.
     *
     * @param webp what its container says
     * @param most frames behind this many are left out
     * @param lenient whether frames before a damaged one are an animation too
     * @param warnings where faults go if they are forgiven
     */
    Picture decode(
            MemorySegment file,
            WebpStructure webp,
            int most,
            boolean lenient,
            List<String> warnings)
            throws PictureException {
        MemorySegment data = workspace.allocate(DATA);
        data.set(
                ADDRESS,
                0,
                file.isNative() ? file : workspace.allocate(file.byteSize()).copyFrom(file));
        data.set(JAVA_LONG, DATA_SIZE, file.byteSize());
        MemorySegment decoder = library.newDecoder(data);
        if (decoder.equals(MemorySegment.NULL)) {
            throw unopened(webp.size());
        }
        try {
            requireSize(decoder, webp.size());
            int wanted = Math.min(most, webp.frames());
            List<Frame> frames = frames(decoder, webp.size(), wanted);
            if (frames.size() < wanted) {
                if (!lenient || frames.isEmpty()) {
                    throw damaged(frames.size());
                }
                warnings.add(String.valueOf(damaged(frames.size()).getMessage()));
            }
            return new Picture(
                    webp.size(),
                    ColorModel.RGB,
                    true,
                    frames,
                    frames.size() == 1 ? 0 : webp.loops(),
                    webp.orientation(),
                    webp.profile(),
                    Metadata.NONE);
        } finally {
            library.deleteDecoder(decoder);
        }
    }

    /** The library's canvas is as large as it says, not as the container was understood here. */
    private void requireSize(MemorySegment decoder, Size size) throws PictureException {
        MemorySegment info = workspace.allocate(INFO);
        if (!library.info(decoder, info)
                || info.get(JAVA_INT, 0) != size.width()
                || info.get(JAVA_INT, 4) != size.height()) {
            throw new PictureException(
                    Reason.CORRUPT, "the picture is not as large as its header says");
        }
    }

    private List<Frame> frames(MemorySegment decoder, Size size, int wanted) {
        MemorySegment canvas = workspace.allocate(ADDRESS);
        MemorySegment timestamp = workspace.allocate(JAVA_INT);
        List<Frame> frames = new ArrayList<>();
        int before = 0;
        while (frames.size() < wanted && library.next(decoder, canvas, timestamp)) {
            MemorySegment pixels = canvas.get(ADDRESS, 0).reinterpret(size.pixels() * CHANNELS);
            int end = timestamp.get(JAVA_INT, 0);
            frames.add(
                    new Frame(
                            PackedPixels.split(
                                    pixels,
                                    size,
                                    CHANNELS,
                                    false,
                                    size.width(),
                                    size.height(),
                                    workspace),
                            wanted == 1 ? 0 : Math.max(0, end - before)));
            before = end;
        }
        return frames;
    }

    /**
     * The library does not say why it makes no decoder. It wants two canvases first of all: where
     * there is no memory for them here either, that was the reason.
     *
     * @throws OutOfMemoryError if it was
     */
    private static PictureException unopened(Size size) {
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(2 * CHANNELS * size.pixels());
        }
        return damaged(0);
    }

    private static PictureException damaged(int frames) {
        return new PictureException(
                Reason.CORRUPT, "the animation is damaged behind frame " + frames);
    }
}
