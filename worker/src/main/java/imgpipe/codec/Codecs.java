package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.codec.ffm.HeifCodec;
import imgpipe.codec.ffm.TurboJpegCodec;
import imgpipe.codec.ffm.WebpCodec;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The codecs of a machine, in the order in which they are asked. Belongs to one thread, like the
 * codecs themselves.
 */
public final class Codecs implements AutoCloseable {
    private final List<Codec> codecs;

    /** These codecs, the preferred one first; they are closed with this. */
    public Codecs(List<? extends Codec> codecs) {
        this.codecs = List.copyOf(codecs);
    }

    /** Whatever this machine has, the fastest first; ImageIO, last, is always there. */
    public static Codecs ofThisMachine() {
        List<Codec> codecs = new ArrayList<>();
        codecs.add(new BaselineJpegCodec());
        TurboJpegCodec.load().ifPresent(codecs::add);
        codecs.add(PngCodec.ofThisMachine());
        WebpCodec.load().ifPresent(codecs::add);
        HeifCodec.load().ifPresent(codecs::add);
        codecs.add(new ImageIoCodec());
        return new Codecs(codecs);
    }

    /** All codecs, in their order. */
    public List<Codec> all() {
        return codecs;
    }

    /**
     * The file's format by its first bytes.
     *
     * @throws PictureException {@link Reason#NOT_A_PICTURE} if it is none that is known
     */
    public ImageFormat sniff(MemorySegment file) throws PictureException {
        return MagicBytes.sniff(file)
                .orElseThrow(
                        () ->
                                new PictureException(
                                        Reason.NOT_A_PICTURE,
                                        file.byteSize() == 0
                                                ? "the file is empty"
                                                : "the file does not begin like any known picture"
                                                        + " format"));
    }

    /** The first codec that reads this format. */
    public Codec reader(ImageFormat format) throws PictureException {
        return readers(format).getFirst();
    }

    /** The first codec that writes this format. */
    public Codec writer(ImageFormat format) throws PictureException {
        return writers(format).getFirst();
    }

    /** Whether more than one frame is written in this format. */
    public boolean writesAnimations(ImageFormat format) throws PictureException {
        return format.animated() && writer(format).animates(format);
    }

    /** {@link Codec#header}; a codec that declares the variant unsupported passes it on. */
    public Header header(ImageFormat format, MemorySegment file) throws PictureException {
        return first(readers(format), codec -> codec.header(format, file));
    }

    /**
     * Makes a page of a document (TIFF, DCX) or one of an icon's pictures (ICO, from the largest to
     * the smallest) the only one that the other methods see.
     *
     * @param file the whole file, which is changed in place unless the page is the first
     * @param page counted from 1
     * @throws PictureException {@link Reason#UNSUPPORTED} if there is no such page
     */
    public void turnTo(ImageFormat format, MemorySegment file, int page) throws PictureException {
        Pages.turnTo(format, file, page);
    }

    /**
     * Everything that the file says of itself. Pixels are not decoded.
     *
     * @param file the whole file
     */
    public PictureFacts facts(MemorySegment file) throws PictureException {
        ImageFormat format = sniff(file);
        Header header = header(format, file);
        List<Codec> able = readers(format);
        Codec chosen = able.getLast();
        for (Codec codec : able.reversed()) {
            chosen = codec.takes(format, file) ? codec : chosen;
        }
        Optional<PictureFacts> known = chosen.facts(header, file);
        return known.isPresent() ? known.get() : new FactsReader(file, header, chosen).read();
    }

    /**
     * {@link Codec#decode}; a codec that declares the variant unsupported passes it on. Metadata,
     * if wanted, is read here for all codecs but those that bring it themselves.
     */
    public Decoded decode(
            ImageFormat format, MemorySegment file, DecodeRequest request, Workspace workspace)
            throws PictureException {
        Decoded decoded =
                first(readers(format), codec -> codec.decode(format, file, request, workspace));
        if (!request.metadata() || !decoded.picture().metadata().isEmpty()) {
            return decoded;
        }
        List<String> warnings = new ArrayList<>(decoded.warnings());
        Metadata metadata = MetadataPlaces.read(format, file, warnings);
        return new Decoded(decoded.picture().with(metadata), warnings);
    }

    /**
     * {@link Codec#encode}; a codec that declares the picture unsupported passes it on. The
     * picture's metadata is added here, as it is, for all formats whose codecs do not do it.
     */
    public MemorySegment encode(
            Picture picture, ImageFormat format, EncodeSettings settings, Workspace workspace)
            throws PictureException {
        MemorySegment file =
                first(writers(format), codec -> codec.encode(picture, format, settings, workspace));
        return MetadataPlaces.write(format, file, picture.metadata(), workspace);
    }

    private List<Codec> readers(ImageFormat format) throws PictureException {
        List<Codec> able = codecs.stream().filter(c -> c.reads().contains(format)).toList();
        if (able.isEmpty()) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "nothing here reads " + format + HeifCodec.advice(format));
        }
        return able;
    }

    private List<Codec> writers(ImageFormat format) throws PictureException {
        List<Codec> able = codecs.stream().filter(c -> c.writes().contains(format)).toList();
        if (able.isEmpty()) {
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "nothing here writes "
                            + format
                            + (format.writable()
                                    ? HeifCodec.advice(format)
                                    : "; choose another format, such as " + format.target()));
        }
        return able;
    }

    private interface Attempt<T> {
        T by(Codec codec) throws PictureException;
    }

    private static <T> T first(List<Codec> able, Attempt<T> attempt) throws PictureException {
        List<PictureException> refusals = new ArrayList<>();
        for (Codec codec : able) {
            try {
                return attempt.by(codec);
            } catch (PictureException e) {
                if (e.reason() != Reason.UNSUPPORTED) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        throw refusals.getLast();
    }

    @Override
    public void close() {
        codecs.forEach(Codec::close);
    }
}
