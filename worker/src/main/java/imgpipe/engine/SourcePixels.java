package imgpipe.engine;

import imgpipe.codec.Container;
import imgpipe.codec.PictureException;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/**
 * A source's own coded pixels, for outputs that are not worth being encoded.
 *
 * @param format of the file
 * @param decoded what was decoded of it
 * @param whole whether that is all of the file, and nothing is wrong with it
 */
record SourcePixels(ImageFormat format, MemorySegment file, Picture decoded, boolean whole) {
    /**
     * The source's pixels with the things beside them that an output would have; empty if settings
     * do not ask for {@link EncodeSettings#minSavings()}, if they are not the output's pixels, or
     * do not fit into {@link EncodeSettings#maxBytes()}.
     *
     * @param picture after the recipe's steps, with the output's metadata
     * @param target format of the output
     */
    Optional<MemorySegment> insteadOf(
            Picture picture, ImageFormat target, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        if (settings.minSavings() == 0 || target != format || !whole || !isWhole(picture)) {
            return Optional.empty();
        }
        return source(picture, settings, workspace)
                .filter(file -> settings.maxBytes() == 0 || file.byteSize() <= settings.maxBytes());
    }

    /** Whether the steps left every sample of the source as it is. */
    private boolean isWhole(Picture picture) {
        Plane plane = picture.planes().getFirst();
        return picture.size().equals(decoded.size())
                && plane.width() == picture.size().width()
                && plane.height() == picture.size().height()
                && picture.color() != ColorModel.CMYK
                && picture.frames().equals(decoded.frames());
    }

    private Optional<MemorySegment> source(
            Picture stepped, EncodeSettings settings, Workspace workspace) throws PictureException {
        Picture picture = stepped.withoutForeignProfile();
        boolean sameBeside =
                picture.orientation() == decoded.orientation()
                        && Objects.equals(picture.profile(), decoded.profile());
        Optional<MemorySegment> bare = Container.bare(format, file, workspace);
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        return settings.metadata() == MetadataPolicy.ALL && sameBeside
                ? Optional.of(file)
                : Optional.of(
                        Container.with(
                                format,
                                bare.get(),
                                picture.profile(),
                                picture.metadata(),
                                workspace));
    }
}
