package imgpipe.engine;

import imgpipe.codec.Container;
import imgpipe.codec.JpegColor;
import imgpipe.codec.JpegComponent;
import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegTransformer;
import imgpipe.codec.MetadataEdit;
import imgpipe.codec.PictureException;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.operation.Rearrangement;
import imgpipe.operation.Recipe;
import imgpipe.operation.ToSrgb;
import imgpipe.paint.ColorConversion;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JPEG of a JPEG without decoding it, where a recipe at most turns it or cuts it at blocks:
 * docs/decisions/010-when-a-jpeg-is-not-encoded-again.md. One for each source, which is parsed and
 * checked once for all its renditions.
 */
final class LosslessJpeg {
    private final JpegTransformer library;
    private final ColorConversion colors;
    private final MemorySegment file;
    private final Workspace workspace;
    private final List<String> faults = new ArrayList<>();
    private @Nullable JpegHeader parsed;
    private @Nullable Boolean intact;

    LosslessJpeg(
            JpegTransformer library,
            ColorConversion colors,
            MemorySegment file,
            Workspace workspace) {
        this.library = library;
        this.colors = colors;
        this.file = file;
        this.workspace = workspace;
    }

    /**
     * The output; empty if its pixels have to be made, or the file is damaged, of which the decoder
     * knows better what to say.
     *
     * @param warnings takes sentences
     */
    Optional<Encoded> make(Recipe recipe, Collection<String> warnings) throws PictureException {
        EncodeSettings settings = recipe.settings();
        if (recipe.format() != ImageFormat.JPEG || settings.askedQuality() != 0) {
            return Optional.empty();
        }
        JpegHeader header = header();
        Optional<Rearrangement> wanted = recipe.rearrangement(header.size(), header.orientation());
        if (wanted.isEmpty()
                || !library.handles(header)
                || !keepsChroma(header, wanted.get().turn(), settings.chroma())) {
            return Optional.empty();
        }
        Rearrangement moved = wanted.get();
        IccProfile profile =
                sample(header, header.size(), Orientation.UPRIGHT, header.profile(), Metadata.NONE)
                        .withoutForeignProfile()
                        .profile();
        if (profile != null && recipe.operations().contains(new ToSrgb())) {
            if (changes(header, profile)) {
                return Optional.empty();
            }
            profile = null;
        }
        List<String> notes = new ArrayList<>();
        boolean scans = settings.progressive() && !header.process().progressive();
        Optional<MemorySegment> bytes =
                moved.turn() == Orientation.UPRIGHT && moved.size().equals(header.size()) && !scans
                        ? asItLies(moved, profile, settings, notes)
                        : transformed(moved, profile, settings, notes);
        if (bytes.isPresent()) {
            warnings.addAll(notes);
        }
        return bytes.map(made -> new Encoded(made, moved.size()));
    }

    private JpegHeader header() throws PictureException {
        if (parsed == null) {
            parsed = JpegHeader.parse(file);
        }
        return parsed;
    }

    /** The file's own codes. That they fit is seen before they are read, which takes longer. */
    private Optional<MemorySegment> asItLies(
            Rearrangement moved,
            @Nullable IccProfile profile,
            EncodeSettings settings,
            List<String> notes)
            throws PictureException {
        JpegHeader header = header();
        boolean same =
                settings.metadata() == MetadataPolicy.ALL
                        && moved.pending() == header.orientation()
                        && Objects.equals(profile, header.profile());
        Optional<MemorySegment> made =
                same
                        ? Optional.of(file)
                        : dressed(
                                Container.bare(ImageFormat.JPEG, file, workspace),
                                moved,
                                profile,
                                settings,
                                notes);
        if (made.isEmpty() || !fits(made.get(), settings) || !isIntact()) {
            return Optional.empty();
        }
        notes.addAll(faults);
        return made;
    }

    private boolean isIntact() throws PictureException {
        if (intact == null) {
            intact = library.isIntact(file, header(), workspace, faults);
        }
        return intact;
    }

    private Optional<MemorySegment> transformed(
            Rearrangement moved,
            @Nullable IccProfile profile,
            EncodeSettings settings,
            List<String> notes)
            throws PictureException {
        Optional<MemorySegment> bare =
                library.transform(
                        file,
                        header(),
                        moved.left(),
                        moved.top(),
                        moved.part(),
                        moved.turn(),
                        settings.progressive(),
                        workspace,
                        notes);
        return dressed(bare, moved, profile, settings, notes).filter(made -> fits(made, settings));
    }

    /** With profile and metadata. */
    private Optional<MemorySegment> dressed(
            Optional<MemorySegment> bare,
            Rearrangement moved,
            @Nullable IccProfile profile,
            EncodeSettings settings,
            List<String> notes)
            throws PictureException {
        if (bare.isEmpty()) {
            return bare;
        }
        Metadata metadata = metadata(moved, profile, settings, notes);
        return Optional.of(
                Container.with(ImageFormat.JPEG, bare.get(), profile, metadata, workspace));
    }

    private static boolean fits(MemorySegment made, EncodeSettings settings) {
        return settings.maxBytes() == 0 || made.byteSize() <= settings.maxBytes();
    }

    /** 4:2:0 is what settings say that nobody has made; anything else was asked for. */
    private static boolean keepsChroma(JpegHeader header, Orientation turn, Chroma asked) {
        if (asked == Chroma.S420 || header.color() == JpegColor.GREY) {
            return true;
        }
        JpegComponent luma = header.components().get(0);
        JpegComponent blue = header.components().get(1);
        int across = turn.transposes() ? luma.down() : luma.across();
        int down = turn.transposes() ? luma.across() : luma.down();
        return across == asked.across() * blue.across() && down == asked.down() * blue.down();
    }

    /** Whether the profile is not sRGB's, by what is done to a single sample. */
    private boolean changes(JpegHeader header, IccProfile profile) {
        Picture sample = sample(header, header.size(), Orientation.UPRIGHT, profile, Metadata.NONE);
        return !colors.toSrgb(sample, workspace).frames().equals(sample.frames());
    }

    private Metadata metadata(
            Rearrangement moved,
            @Nullable IccProfile profile,
            EncodeSettings settings,
            List<String> notes)
            throws PictureException {
        if (settings.metadata() == MetadataPolicy.NONE) {
            return Metadata.NONE;
        }
        JpegHeader header = header();
        Metadata whole = Container.metadata(ImageFormat.JPEG, file, notes);
        return MetadataEdit.apply(
                sample(header, header.size(), header.orientation(), header.profile(), whole),
                sample(header, moved.size(), moved.pending(), profile, whole),
                settings.metadata(),
                ImageFormat.JPEG,
                moved.shows(header.size(), header.orientation()),
                notes);
    }

    /** The picture as if it had been decoded to one sample. */
    private static Picture sample(
            JpegHeader header,
            Size size,
            Orientation orientation,
            @Nullable IccProfile profile,
            Metadata metadata) {
        ColorModel color = header.color() == JpegColor.GREY ? ColorModel.GREY : ColorModel.YCC;
        Plane plane = Plane.whole(MemorySegment.ofArray(new byte[1]), 1, 1, 1);
        return Picture.of(size, color, false, Collections.nCopies(color.planes(), plane))
                .with(orientation)
                .withProfile(profile)
                .with(metadata);
    }
}
