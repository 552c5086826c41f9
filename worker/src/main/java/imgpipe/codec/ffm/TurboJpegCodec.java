package imgpipe.codec.ffm;

import imgpipe.codec.Codec;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegMend;
import imgpipe.codec.JpegProcess;
import imgpipe.codec.JpegProfile;
import imgpipe.codec.JpegScans;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * JPEG by libjpeg-turbo, planes all the way: no RGB in between where the file holds Y, Cb and Cr.
 *
 * <p>Decodes at 1/8, 1/4, 1/2 or 1 of the size. The picture's size stays what the file says, its
 * planes have fewer samples; {@link imgpipe.image.Plane#spanX()} tells how much of the last one
 * counts.
 */
public final class TurboJpegCodec implements Codec {
    private final TurboJpeg library;
    private final JpegDecoder decoder;
    private final JpegEncoder encoder;

    /** A codec of its own for the calling thread. */
    TurboJpegCodec(TurboJpeg library) {
        this.library = library;
        decoder = new JpegDecoder(library);
        encoder = new JpegEncoder(library);
    }

    /** A codec of its own for the calling thread; empty where the library is not found. */
    public static Optional<TurboJpegCodec> load() {
        return TurboJpeg.binding().map(TurboJpegCodec::new);
    }

    /** One codec for each API of the library, the newest first; the others exist to be compared. */
    public static List<TurboJpegCodec> loadEach() {
        return TurboJpeg.all().stream().map(TurboJpegCodec::new).toList();
    }

    /** Where the library was looked for, and what came of it. */
    public static NativeLibrary.Search search() {
        return TurboJpeg.lookedFor();
    }

    @Override
    public String name() {
        return "libjpeg-turbo " + TurboJpegVersion.of(library.library());
    }

    @Override
    public Set<ImageFormat> reads() {
        return Set.of(ImageFormat.JPEG);
    }

    @Override
    public Set<ImageFormat> writes() {
        return Set.of(ImageFormat.JPEG);
    }

    @Override
    public boolean embedsProfile(ImageFormat format, ColorModel color) {
        return format == ImageFormat.JPEG;
    }

    @Override
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return JpegHeader.parse(file).header();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A missing end marker, zeros before it, bytes between the header's segments and wrong
     * numbers that nothing depends on are no damage: they become warnings of a strict request too.
     */
    @Override
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        JpegHeader header = JpegHeader.parse(file);
        refuseUnsupported(header);
        List<String> warnings = new ArrayList<>();
        header.mends().stream().map(JpegMend::sentence).distinct().forEach(warnings::add);
        MemorySegment jpeg =
                JpegMend.apply(inNativeMemory(file, workspace), header.mends(), workspace);
        Picture picture = pixels(jpeg, header, request, workspace, warnings);
        return new Decoded(
                picture.with(header.orientation()).withProfile(header.profile()), warnings);
    }

    @Override
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        MemorySegment jpeg = encoder.encode(picture, settings, workspace);
        IccProfile profile = picture.profile();
        return profile == null ? jpeg : JpegProfile.embed(jpeg, profile, workspace);
    }

    @Override
    public void close() {
        encoder.close();
    }

    @Override
    public boolean takes(ImageFormat format, MemorySegment file) throws PictureException {
        return takes(JpegHeader.parse(file));
    }

    private static boolean takes(JpegHeader header) {
        return header.precision() == 8
                && header.process() != JpegProcess.LOSSLESS
                && header.process() != JpegProcess.HIERARCHICAL;
    }

    private static void refuseUnsupported(JpegHeader header) throws PictureException {
        if (!takes(header)) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "JPEGs of this kind are not read: " + header.description());
        }
    }

    private static MemorySegment inNativeMemory(MemorySegment file, Workspace workspace) {
        return file.isNative() ? file : workspace.allocate(file.byteSize()).copyFrom(file);
    }

    /**
     * The library tells only the first fault that it meets. Where that one may be harmless its
     * cause is mended, to hear of others.
     */
    private Picture pixels(
            MemorySegment jpeg,
            JpegHeader header,
            DecodeRequest request,
            Workspace workspace,
            List<String> warnings)
            throws PictureException {
        JpegAttempt attempt = decoder.decode(jpeg, header, request.floor(), workspace);
        if (attempt instanceof JpegAttempt.Intact(Picture picture)) {
            return picture;
        }
        JpegScans scans = header.scans(jpeg);
        if (!scans.ended()) {
            return unended(jpeg, header, scans, request, workspace, warnings);
        }
        if (attempt instanceof JpegAttempt.Damaged(Picture picture, String complaint)) {
            Optional<JpegMend> padding = JpegComplaint.padding(complaint, jpeg, scans);
            if (padding.isPresent()) {
                warnings.add(padding.get().sentence());
                MemorySegment mended = JpegMend.apply(jpeg, List.of(padding.get()), workspace);
                attempt = decoder.decode(mended, header, request.floor(), workspace);
            }
        }
        return switch (attempt) {
            case JpegAttempt.Intact(Picture picture) -> picture;
            case JpegAttempt.Failed(String complaint) -> throw JpegComplaint.failure(complaint);
            case JpegAttempt.Damaged(Picture picture, String complaint) -> {
                PictureException failure = JpegComplaint.damage(complaint);
                if (!request.lenient()) {
                    throw failure;
                }
                warnings.add(failure.getMessage());
                yield picture;
            }
        };
    }

    /**
     * A file without an end marker: with one, the library tells whether anything else is missing.
     */
    private Picture unended(
            MemorySegment jpeg,
            JpegHeader header,
            JpegScans scans,
            DecodeRequest request,
            Workspace workspace,
            List<String> warnings)
            throws PictureException {
        MemorySegment ended = JpegMend.end(jpeg, scans.end(), workspace);
        JpegAttempt second = decoder.decode(ended, header, request.floor(), workspace);
        if (second instanceof JpegAttempt.Intact(Picture picture)
                && scans.complete()
                && !header.process().arithmetic()) {
            warnings.add("the end marker is missing, but no pixel is");
            return picture;
        }
        String sentence = "the file ends before the JPEG does, after " + jpeg.byteSize() + " bytes";
        Picture rest =
                switch (second) {
                    case JpegAttempt.Intact(Picture picture) -> picture;
                    case JpegAttempt.Damaged(Picture picture, String _) -> picture;
                    case JpegAttempt.Failed(String complaint) ->
                            throw JpegComplaint.failure(complaint);
                };
        if (!request.lenient()) {
            throw new PictureException(Reason.TRUNCATED, sentence);
        }
        warnings.add(sentence);
        return rest;
    }
}
