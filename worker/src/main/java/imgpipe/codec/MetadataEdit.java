package imgpipe.codec;

import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a source's metadata fit for an output: by policy, and true of the new picture. */
public final class MetadataEdit {
    private static final int LARGEST = 8 << 20;

    private final Picture source;
    private final Picture result;
    private final MetadataPolicy policy;
    private final ImageFormat format;
    private final boolean sameView;
    private final List<String> warnings;

    private MetadataEdit(
            Picture source,
            Picture result,
            MetadataPolicy policy,
            ImageFormat format,
            boolean sameView,
            List<String> warnings) {
        this.source = source;
        this.result = result;
        this.policy = policy;
        this.format = format;
        this.sameView = sameView;
        this.warnings = warnings;
    }

    /**
     * The source's metadata as it goes into an output. What is damaged, or too large for the
     * format, is left out with a warning.
     *
     * @param source as it was decoded
     * @param result as it will be encoded
     * @param sameView whether the result shows all that the source does, and nothing else
     * @param warnings takes sentences
     */
    public static Metadata apply(
            Picture source,
            Picture result,
            MetadataPolicy policy,
            ImageFormat format,
            boolean sameView,
            List<String> warnings) {
        if (policy == MetadataPolicy.NONE || !MetadataPlaces.in(format)) {
            return Metadata.NONE;
        }
        MetadataEdit edit = new MetadataEdit(source, result, policy, format, sameView, warnings);
        Metadata whole = source.metadata();
        return new Metadata(
                edit.exif(whole.exif()), edit.xmp(whole.xmp()), edit.iptc(whole.iptc()));
    }

    /** Size of the output in pixels. */
    Size size() {
        return result.size();
    }

    /** How a viewer has to turn the output. */
    Orientation orientation() {
        return result.orientation();
    }

    MetadataPolicy policy() {
        return policy;
    }

    /** Whether the colors were other ones, and are now sRGB. */
    boolean converted() {
        return source.profile() != null && result.profile() == null;
    }

    /**
     * Whether a thumbnail of the source still shows the output: it does not if the picture was
     * turned, as viewers turn thumbnails like their pictures, nor if it was cropped, padded,
     * stretched or painted on. What was cut off must not be seen in a thumbnail either.
     */
    boolean looksAlike() {
        Size before = source.size();
        Size after = result.size();
        double height = (double) before.height() * after.width() / before.width();
        double width = (double) before.width() * after.height() / before.height();
        return sameView
                && source.orientation() == result.orientation()
                && (Math.abs(height - after.height()) <= 1 || Math.abs(width - after.width()) <= 1);
    }

    private @Nullable MemorySegment exif(@Nullable MemorySegment block) {
        if (block == null || tooLarge("EXIF", block)) {
            return null;
        }
        ExifBlock exif;
        try {
            ExifReader.Result read = ExifReader.block(block);
            if (read.damaged()) {
                warnings.add("a part of its EXIF block is damaged and was left out");
            }
            exif = read.block();
        } catch (PictureException e) {
            warnings.add("its EXIF block is damaged and was left out: " + e.getMessage());
            return null;
        }
        ExifTags.edit(exif, this);
        if (exif.isEmpty()) {
            return null;
        }
        MemorySegment made = MemorySegment.ofArray(ExifWriter.block(exif));
        long most = MetadataPlaces.mostExif(format);
        if (made.byteSize() > most) {
            exif.dropThumbnail();
            exif.makerNoteAt = -1;
            made = MemorySegment.ofArray(ExifWriter.block(exif));
        }
        if (made.byteSize() > most) {
            exif.exif.remove(ExifBlock.MAKER_NOTE);
            made = MemorySegment.ofArray(ExifWriter.block(exif));
        }
        return fits("EXIF", made, most);
    }

    private @Nullable MemorySegment xmp(@Nullable MemorySegment packet) {
        if (packet == null || tooLarge("XMP", packet)) {
            return null;
        }
        try {
            MemorySegment made = XmpFilter.filter(packet, this);
            return made == null ? null : fits("XMP", made, MetadataPlaces.mostXmp(format));
        } catch (PictureException e) {
            warnings.add("its XMP packet is damaged and was left out: " + e.getMessage());
            return null;
        }
    }

    private @Nullable MemorySegment iptc(@Nullable MemorySegment datasets) {
        if (datasets == null || tooLarge("IPTC", datasets)) {
            return null;
        }
        try {
            MemorySegment made = IptcFilter.filter(datasets, policy);
            return made == null ? null : fits("IPTC", made, MetadataPlaces.mostIptc(format));
        } catch (PictureException e) {
            warnings.add("its IPTC block is damaged and was left out: " + e.getMessage());
            return null;
        }
    }

    private boolean tooLarge(String kind, MemorySegment block) {
        return fits(kind, block, LARGEST) == null;
    }

    /** Nothing if a format has no place for this kind at all, which goes without saying. */
    private @Nullable MemorySegment fits(String kind, MemorySegment block, long most) {
        if (block.byteSize() <= most) {
            return block;
        }
        if (most > 0) {
            warnings.add(
                    "its "
                            + kind
                            + " block of "
                            + block.byteSize()
                            + " bytes was left out; "
                            + most
                            + " are allowed");
        }
        return null;
    }
}
