package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * Frames to an animated WebP. The library finds out what each of them changes, and joins those that
 * change nothing; the times at which others are seen stay as they are.
 */
@SuppressWarnings("restricted")
final class WebpAnimationEncoder {
    private static final int OPTIONS = 128;
    private static final int OPTIONS_BACKGROUND = 0;
    private static final int OPTIONS_LOOPS = 4;
    private static final int MOST_LOOPS = 0xFFFF;
    private static final int DATA = 16;
    private static final int DATA_SIZE = 8;

    private final Webp library;
    private final WebpAnimations animations;
    private final WebpEncoder stills;
    private final Workspace workspace;

    WebpAnimationEncoder(Webp library, WebpAnimations animations, Workspace workspace) {
        this.library = library;
        this.animations = animations;
        this.workspace = workspace;
        stills = new WebpEncoder(library, workspace);
    }

    MemorySegment encode(Picture picture, EncodeSettings settings) throws PictureException {
        WebpEncoder.requireSize(picture.size());
        MemorySegment options = workspace.allocate(OPTIONS);
        WebpEncoder.require(animations.initOptions(options));
        options.set(JAVA_INT, OPTIONS_BACKGROUND, 0);
        options.set(JAVA_INT, OPTIONS_LOOPS, Math.min(MOST_LOOPS, picture.loops()));
        MemorySegment encoder =
                animations.newEncoder(picture.size().width(), picture.size().height(), options);
        if (encoder.equals(MemorySegment.NULL)) {
            throw failure("it makes no encoder for animations");
        }
        try {
            MemorySegment config = stills.config(settings);
            MemorySegment pixels =
                    workspace.allocate(picture.size().pixels() * WebpEncoder.CHANNELS);
            long time = 0;
            for (Frame frame : picture.frames()) {
                MemorySegment target = stills.picture(picture.size(), true);
                try {
                    if (!stills.importPixels(target, picture.size(), frame.planes(), pixels)) {
                        throw WebpEncoder.failure(target);
                    }
                    if (!animations.add(encoder, target, millis(time), config)) {
                        throw WebpEncoder.hasFailed(target)
                                ? WebpEncoder.failure(target)
                                : failure(animations.error(encoder));
                    }
                } finally {
                    library.free(target);
                }
                time += frame.delayMillis();
            }
            boolean ended =
                    animations.add(encoder, MemorySegment.NULL, millis(time), MemorySegment.NULL);
            return assembled(encoder, ended);
        } finally {
            animations.deleteEncoder(encoder);
        }
    }

    private MemorySegment assembled(MemorySegment encoder, boolean ended) throws PictureException {
        MemorySegment data = workspace.allocate(DATA).fill((byte) 0);
        try {
            if (!ended || !animations.assemble(encoder, data)) {
                throw failure(animations.error(encoder));
            }
            long length = data.get(JAVA_LONG, DATA_SIZE);
            MemorySegment file = data.get(ADDRESS, 0).reinterpret(length);
            return workspace.allocate(length).copyFrom(file);
        } finally {
            library.freeMemory(data.get(ADDRESS, 0));
        }
    }

    /**
     * What the library says of its failure, in words alone.
     *
     * @throws OutOfMemoryError if they speak of memory
     */
    private static PictureException failure(String said) {
        if (said.toUpperCase(Locale.ROOT).contains("MEMORY")) {
            throw new OutOfMemoryError("libwebp has no memory for the animation");
        }
        return new PictureException(
                Reason.UNSUPPORTED,
                "this animation cannot be written as WebP (libwebp: " + said + ")");
    }

    /** The library counts in ints: 24 days. */
    private static int millis(long time) {
        return (int) Math.min(Integer.MAX_VALUE, time);
    }
}
