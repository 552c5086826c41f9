package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a GIF (GIF89a specification, 1990), stepped over without decompressing anything.
 *
 * @param canvas the logical screen
 * @param frames at least one, at most 100,000
 * @param loops from the NETSCAPE2.0 extension, 0 for ever; 1 without it
 * @param fault what is wrong with the last frame or what follows, or null
 */
record GifStructure(
        Size canvas, List<GifFrame> frames, int loops, @Nullable PictureException fault) {
    private static final int MOST_FRAMES = 100_000;
    private static final int NOTHING_KNOWN = -1;

    /** A frame may be larger than the canvas by this factor, as careless writers make them. */
    private static final int MOST_CANVASES = 4;

    /** Pixels of a frame that may be there on any canvas. */
    private static final long SMALL_FRAME = 1 << 20;

    GifStructure {
        frames = List.copyOf(frames);
    }

    /** Walks through the file; fails if it has no frame. */
    static GifStructure of(MemorySegment file) throws PictureException {
        Walk walk = new Walk(Bytes.littleEndian(file));
        PictureException fault = null;
        try {
            walk.run();
        } catch (PictureException e) {
            fault = e;
        }
        if (walk.frames.isEmpty()) {
            throw fault != null
                    ? fault
                    : new PictureException(Reason.CORRUPT, "the GIF has no frame");
        }
        GifFrame first = walk.frames.getFirst();
        Size canvas =
                walk.width > 0 && walk.height > 0
                        ? new Size(walk.width, walk.height)
                        : new Size(first.left() + first.width(), first.top() + first.height());
        return new GifStructure(canvas, walk.frames, walk.loops, fault);
    }

    /** Steps from block to block. */
    private static final class Walk {
        private final Bytes bytes;
        private final List<GifFrame> frames = new ArrayList<>();
        private int width;
        private int height;
        private int loops = 1;
        private int delay;
        private GifFrame.Disposal disposal = GifFrame.Disposal.KEEP;
        private int transparent = NOTHING_KNOWN;

        Walk(Bytes bytes) {
            this.bytes = bytes;
        }

        void run() throws PictureException {
            width = bytes.u16(6);
            height = bytes.u16(8);
            long at = 13L + colorTable(bytes.u8(10));
            while (true) {
                switch (bytes.u8(at)) {
                    case 0x21 -> at = extension(at);
                    case 0x2C -> at = image(at);
                    case 0x3B -> {
                        return;
                    }
                    // Padding between blocks occurs and every viewer steps over it.
                    case 0 -> at++;
                    default ->
                            throw new PictureException(
                                    Reason.CORRUPT, "the GIF has no block at byte " + at);
                }
            }
        }

        private long extension(long at) throws PictureException {
            int label = bytes.u8(at + 1);
            if (label == 0xF9 && bytes.u8(at + 2) >= 4) {
                int flags = bytes.u8(at + 3);
                disposal = GifFrame.Disposal.of((flags >> 2) & 7);
                delay = bytes.u16(at + 4) * 10;
                transparent = (flags & 1) != 0 ? bytes.u8(at + 6) : NOTHING_KNOWN;
            } else if (label == 0xFF
                    && (bytes.is(at + 2, "\u000BNETSCAPE2.0\u0003\u0001")
                            || bytes.is(at + 2, "\u000BANIMEXTS1.0\u0003\u0001"))) {
                loops = bytes.u16(at + 16);
                // The format counts repetitions, a picture how often it is shown in all.
                loops = loops == 0 ? 0 : Math.min(loops + 1, 0xFFFF);
            }
            return blocks(at + 2);
        }

        private long image(long at) throws PictureException {
            int frameWidth = bytes.u16(at + 5);
            int frameHeight = bytes.u16(at + 7);
            if (frameWidth == 0 || frameHeight == 0) {
                throw new PictureException(Reason.CORRUPT, "a frame of the GIF has no pixels");
            }
            requireNearCanvas((long) frameWidth * frameHeight);
            if (frames.size() == MOST_FRAMES) {
                throw new PictureException(
                        Reason.LIMIT, "the GIF has more than " + MOST_FRAMES + " frames");
            }
            GifFrame frame =
                    new GifFrame(
                            bytes.u16(at + 1),
                            bytes.u16(at + 3),
                            frameWidth,
                            frameHeight,
                            delay,
                            disposal,
                            transparent);
            long data = at + 10 + colorTable(bytes.u8(at + 9)) + 1;
            if (data < bytes.size()) {
                // Also one that is cut: there is something of it.
                frames.add(frame);
            }
            long end = blocks(data);
            delay = 0;
            disposal = GifFrame.Disposal.KEEP;
            transparent = NOTHING_KNOWN;
            return end;
        }

        /**
         * A frame is decoded as a whole, also where it reaches out of the canvas, but limits are
         * compared with the canvas. Without one the first frame stands for it.
         */
        private void requireNearCanvas(long pixels) throws PictureException {
            long canvas = (long) width * height;
            if (canvas == 0) {
                canvas =
                        frames.isEmpty()
                                ? pixels
                                : (long) frames.getFirst().width() * frames.getFirst().height();
            }
            if (pixels > Math.max(SMALL_FRAME, MOST_CANVASES * canvas)) {
                throw new PictureException(
                        Reason.CORRUPT,
                        "a frame of the GIF has %d pixels, the canvas %d"
                                .formatted(pixels, canvas));
            }
        }

        /** Steps over sub-blocks to behind the empty one that ends them. */
        private long blocks(long at) throws PictureException {
            int length;
            do {
                length = bytes.u8(at);
                at += 1 + length;
            } while (length > 0);
            return at;
        }

        private static int colorTable(int flags) {
            return (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
        }
    }
}
