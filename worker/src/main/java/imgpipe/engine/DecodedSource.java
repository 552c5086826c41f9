package imgpipe.engine;

import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.operation.Recipe;
import imgpipe.resample.Resampler;
import imgpipe.shard.Limits;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A source that was decoded once, for all renditions that are made of its samples. */
final class DecodedSource {
    private final Header header;
    private final Limits limits;
    private final Picture picture;
    private final SourcePixels pixels;
    private final @Nullable Pyramid pyramid;

    DecodedSource(
            MemorySegment file,
            Header header,
            Limits limits,
            Decoded decoded,
            Resampler resampler,
            Workspace workspace) {
        this.header = header;
        this.limits = limits;
        picture = decoded.picture().withoutIdleAlpha();
        boolean whole = decoded.warnings().isEmpty() && picture.frames().size() == header.frames();
        pixels = new SourcePixels(header.format(), file, picture, whole);
        pyramid =
                header.format() == ImageFormat.JPEG
                        ? new Pyramid(picture, resampler, workspace)
                        : null;
    }

    /** As many samples as a recipe needs; many more where they cost nothing. */
    Picture pictureFor(Recipe recipe) {
        Size floor = recipe.floor(header.size(), header.orientation());
        return pyramid == null ? picture : pyramid.covering(floor);
    }

    /** Whether more than one of its frames is wanted. */
    boolean isAnimated() {
        return header.frames() > 1 && limits.frames() > 1;
    }

    Limits limits() {
        return limits;
    }

    /** The file as it is, for outputs that are not worth being encoded. */
    SourcePixels pixels() {
        return pixels;
    }
}
