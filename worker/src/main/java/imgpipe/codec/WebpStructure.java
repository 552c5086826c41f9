package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a WebP (RFC 9649, section 2).
 *
 * @param size of the canvas
 * @param left column of the canvas where the first frame begins
 * @param top row of the canvas where the first frame begins
 * @param frame size of the first frame
 * @param frames of the animation, 1 if it is none
 * @param animation whether frames stand in chunks of an animation, even if there is but one
 * @param loops how often the animation is shown, 0 for ever
 * @param alpha whether the header says that there is transparency
 * @param image the chunks of the first frame: ALPH, VP8 or VP8L
 * @param orientation from EXIF
 * @param profile from ICCP
 * @param fault what is wrong with the chunks, or null
 */
public record WebpStructure(
        Size size,
        int left,
        int top,
        Size frame,
        int frames,
        boolean animation,
        int loops,
        boolean alpha,
        MemorySegment image,
        Orientation orientation,
        @Nullable IccProfile profile,
        @Nullable PictureException fault) {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;

    /**
     * TwelveMonkeys' reader takes eight bytes at a time and fails where the last ones are missing.
     */
    private static final int READ_AHEAD = 16;

    private static final int PROFILE_LIMIT = 8 << 20;

    /** As long as a WebP of any picture. */
    private static final int CUT_LENGTH = Integer.MAX_VALUE - 1;

    /** Fails only if no frame is found or it lies outside the canvas; other faults are noted. */
    public static WebpStructure of(MemorySegment file) throws PictureException {
        Walk walk = new Walk(Bytes.littleEndian(file));
        PictureException fault = null;
        try {
            walk.run();
        } catch (PictureException e) {
            fault = e;
        }
        if (walk.image == null || walk.frame == null) {
            throw fault != null
                    ? fault
                    : new PictureException(Reason.CORRUPT, "the WebP has no pixel data");
        }
        Size canvas = walk.size == null ? walk.frame : walk.size;
        if (walk.left + walk.frame.width() > canvas.width()
                || walk.top + walk.frame.height() > canvas.height()) {
            // Not a fault to live with: limits are compared with the canvas.
            throw new PictureException(Reason.CORRUPT, "a frame of the WebP reaches out of it");
        }
        return new WebpStructure(
                canvas,
                walk.left,
                walk.top,
                walk.frame,
                Math.max(1, walk.frames),
                walk.frames > 0,
                walk.loops,
                walk.alpha,
                walk.image,
                walk.orientation,
                walk.profile,
                fault);
    }

    /**
     * The first frame as a file of its own, without metadata or profile: decoders would spend time
     * on the one and convert colors by the other.
     */
    public List<MemorySegment> still() {
        ByteBuffer head = ByteBuffer.allocate(FIRST_CHUNK + 18).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        // A chunk that is cut must not reach beyond the length that the file says it had.
        head.putInt(fault == null ? (int) (4 + 18 + image.byteSize()) : CUT_LENGTH);
        head.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII));
        head.putInt(10).putInt(alpha ? 0x10 : 0);
        put24(head, frame.width() - 1);
        put24(head, frame.height() - 1);
        return List.of(
                MemorySegment.ofArray(head.array()),
                image,
                MemorySegment.ofArray(new byte[READ_AHEAD]));
    }

    /**
     * The first frame of an animation where it belongs on the transparent canvas.
     *
     * @param still red, green and blue, with alpha or without
     */
    public Picture onCanvas(Picture still, Workspace workspace) throws PictureException {
        if (still.size().equals(size)) {
            return still;
        }
        if (still.color() != ColorModel.RGB) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "frames of a WebP are placed in RGB, not " + still.color());
        }
        List<Plane> parts = new ArrayList<>(still.planes());
        if (!still.alpha()) {
            Plane opaque = Plane.allocate(workspace, frame.width(), frame.height());
            opaque.samples().fill((byte) 0xFF);
            parts.add(opaque);
        }
        List<Plane> planes = new ArrayList<>();
        for (Plane part : parts) {
            Plane plane = Plane.allocate(workspace, size.width(), size.height());
            plane.samples().fill((byte) 0);
            for (int y = 0; y < part.height(); y++) {
                MemorySegment.copy(
                        part.samples(),
                        (long) y * part.stride(),
                        plane.samples(),
                        (long) (top + y) * plane.stride() + left,
                        part.width());
            }
            planes.add(plane);
        }
        return Picture.of(size, ColorModel.RGB, true, planes);
    }

    /** Says that frames are left out that were wanted. */
    public void warnOfFrames(DecodeRequest request, List<String> warnings) {
        if (frames > 1 && request.maxFrames() > 1) {
            warnings.add(
                    "only the first of its "
                            + frames
                            + " frames was read, as libwebpdemux or libwebpmux is missing; see"
                            + " imgpipe doctor");
        }
    }

    /**
     * What the chunks say.
     *
     * @param animates whether all frames would be decoded
     */
    public Header header(boolean animates) {
        return new Header(
                ImageFormat.WEBP,
                size,
                animates ? frames : 1,
                orientation,
                (frames > 1 ? "animation" : "") + (alpha ? " with alpha" : ""));
    }

    private static void put24(ByteBuffer target, int value) {
        target.putShort((short) value).put((byte) (value >> 16));
    }

    /** Steps from chunk to chunk and remembers what matters. */
    private static final class Walk {
        private final Bytes bytes;
        private @Nullable Size size;
        private @Nullable Size frame;
        private int left;
        private int top;
        private int frames;
        private int loops;
        private boolean alpha;
        private @Nullable MemorySegment image;
        private Orientation orientation = Orientation.UPRIGHT;
        private @Nullable IccProfile profile;

        Walk(Bytes bytes) {
            this.bytes = bytes;
        }

        void run() throws PictureException {
            long end = CHUNK_HEADER + bytes.u32(4);
            for (long at = FIRST_CHUNK; at + CHUNK_HEADER <= end; ) {
                long length = bytes.u32(at + 4);
                long body = at + CHUNK_HEADER;
                if (bytes.is(at, "VP8X")) {
                    if (at != FIRST_CHUNK) {
                        // Another size of the canvas, in the midst of what is placed on it.
                        throw new PictureException(
                                Reason.CORRUPT, "the WebP has a second header at byte " + at);
                    }
                    alpha = (bytes.u8(body) & 0x10) != 0;
                    size = new Size(1 + u24(body + 4), 1 + u24(body + 7));
                } else if (bytes.is(at, "ANIM")) {
                    loops = bytes.u16(body + 4);
                } else if (bytes.is(at, "ANMF")) {
                    frames++;
                    animated(body, length);
                } else if (image == null && isImage(at)) {
                    still(at, end);
                } else if (bytes.is(at, "EXIF")) {
                    orientation = exif(bytes.part(body, length));
                } else if (bytes.is(at, "ICCP") && length <= PROFILE_LIMIT) {
                    profile =
                            new IccProfile(bytes.part(body, length).toArray(ValueLayout.JAVA_BYTE));
                }
                at = body + length + (length & 1);
            }
            bytes.require(0, end);
        }

        private void animated(long body, long length) throws PictureException {
            if (frames == 1) {
                left = 2 * u24(body);
                top = 2 * u24(body + 3);
                frame = new Size(1 + u24(body + 6), 1 + u24(body + 9));
                image = clip(body + FRAME_HEADER, body + length);
                alpha = true;
            }
        }

        private void still(long at, long end) throws PictureException {
            long last = at;
            boolean lossless = bytes.is(at, "VP8L");
            if (bytes.is(at, "ALPH")) {
                alpha = true;
                last = next(at);
            }
            Size coded = lossless ? lossless(at) : size != null ? size : lossy(last);
            frame = size != null ? size : coded;
            image = clip(at, Math.min(end, next(last)));
        }

        private long next(long at) throws PictureException {
            long length = bytes.u32(at + 4);
            return at + CHUNK_HEADER + length + (length & 1);
        }

        private Size lossless(long at) throws PictureException {
            long bits = bytes.u32(at + CHUNK_HEADER + 1);
            alpha |= ((bits >> 28) & 1) != 0;
            return new Size(1 + (int) (bits & 0x3FFF), 1 + (int) ((bits >> 14) & 0x3FFF));
        }

        private Size lossy(long at) throws PictureException {
            return FileSizes.of(
                    bytes.u16(at + CHUNK_HEADER + 6) & 0x3FFF,
                    bytes.u16(at + CHUNK_HEADER + 8) & 0x3FFF);
        }

        private boolean isImage(long at) {
            return bytes.is(at, "VP8 ") || bytes.is(at, "VP8L") || bytes.is(at, "ALPH");
        }

        /** As much of this range as the file has. */
        private MemorySegment clip(long from, long to) throws PictureException {
            return bytes.part(from, Math.min(to, bytes.size()) - from);
        }

        private int u24(long at) throws PictureException {
            return bytes.u16(at) | (bytes.u8(at + 2) << 16);
        }

        private static Orientation exif(MemorySegment block) {
            // Some writers put JPEG's prefix before it.
            boolean prefixed = Bytes.bigEndian(block).is(0, "Exif\0\0");
            return ExifOrientation.of(prefixed ? block.asSlice(6) : block)
                    .orElse(Orientation.UPRIGHT);
        }
    }
}
