package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;

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
            throw new OutOfMemoryError("libwebp has no memory for the animation");
        }
        try {
            MemorySegment config = stills.config(settings);
            MemorySegment pixels =
                    workspace.allocate(picture.size().pixels() * WebpEncoder.CHANNELS);
            long time = 0;
            for (Frame frame : picture.frames()) {
                MemorySegment target = stills.picture(picture.size(), true);
                try {
                    if (!stills.importPixels(target, picture.size(), frame.planes(), pixels)
                            || !animations.add(encoder, target, millis(time), config)) {
                        throw WebpEncoder.failure(target);
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
                throw new OutOfMemoryError("libwebp cannot put the animation together");
            }
            long length = data.get(JAVA_LONG, DATA_SIZE);
            MemorySegment file = data.get(ADDRESS, 0).reinterpret(length);
            return workspace.allocate(length).copyFrom(file);
        } finally {
            library.freeMemory(data.get(ADDRESS, 0));
        }
    }

    /** The library counts in ints: 24 days. */
    private static int millis(long time) {
        return (int) Math.min(Integer.MAX_VALUE, time);
    }
}
