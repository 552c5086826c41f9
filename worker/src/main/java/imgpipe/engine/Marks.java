package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import imgpipe.operation.Mark;
import imgpipe.operation.Orient;
import imgpipe.operation.Recipe;
import imgpipe.operation.Subsample;
import imgpipe.operation.Watermark;
import imgpipe.paint.ColorConversion;
import imgpipe.paint.TextPainter;
import imgpipe.resample.Resampler;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pictures that watermarks show, decoded once. They lie in memory of their own, which is not
 * taken back with that of each picture.
 */
final class Marks implements AutoCloseable {
    /** A run has one mark, or a few. */
    private static final int MOST_FILES = 8;

    /** Pictures of different sizes have texts of different sizes. */
    private static final int MOST_TEXTS = 64;

    private final Codecs codecs;
    private final Resampler resampler;
    private final ColorConversion colors;
    private final Workspace fileSpace = new Workspace();
    private final Workspace textSpace = new Workspace();
    private final Map<Mark.File, Picture> files = new HashMap<>();
    private final Map<Letters, Picture> texts = new HashMap<>();

    private record Letters(Mark.Text text, int size) {}

    Marks(Codecs codecs, Resampler resampler, ColorConversion colors) {
        this.codecs = codecs;
        this.resampler = resampler;
        this.colors = colors;
    }

    /**
     * Gets ready what a recipe will ask for.
     *
     * @throws MarkException when a mark's file cannot be read or has changed, or a text cannot be
     *     drawn here
     */
    void prepare(Recipe recipe) throws MarkException {
        if (files.size() > MOST_FILES) {
            files.clear();
            fileSpace.reset();
        }
        for (var operation : recipe.operations()) {
            if (operation instanceof Watermark watermark) {
                switch (watermark.mark()) {
                    case Mark.File file -> {
                        if (!files.containsKey(file)) {
                            files.put(file, load(file));
                        }
                    }
                    case Mark.Text text -> {
                        String obstacle = TextPainter.obstacle(text.text()).orElse("");
                        if (!obstacle.isEmpty()) {
                            throw new MarkException("the watermark: " + obstacle);
                        }
                    }
                }
            }
        }
    }

    Picture get(Mark.File file) {
        return Objects.requireNonNull(files.get(file), "marks are made ready before");
    }

    Picture get(Mark.Text text, int letters) {
        if (texts.size() > MOST_TEXTS) {
            texts.clear();
            textSpace.reset();
        }
        return texts.computeIfAbsent(
                new Letters(text, letters),
                key -> TextPainter.draw(text.text(), text.color(), letters, textSpace));
    }

    private Picture load(Mark.File mark) throws MarkException {
        Path path = Path.of(URI.create("file://" + mark.path()));
        try {
            if (Files.size(path) > Mark.File.MOST_BYTES) {
                throw new MarkException("the watermark " + path + " is too large a file");
            }
            byte[] content = Files.readAllBytes(path);
            if (!mark.hash().isEmpty() && !mark.hash().equals(Mark.File.hash(content))) {
                throw new MarkException(
                        "the watermark "
                                + path
                                + " has changed since the run began; start another one");
            }
            MemorySegment bytes = fileSpace.allocate(content.length);
            bytes.copyFrom(MemorySegment.ofArray(content));
            return ready(decode(bytes));
        } catch (MarkException e) {
            throw e;
        } catch (PictureException e) {
            throw new MarkException("the watermark " + path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new MarkException(
                    "the watermark " + path + " cannot be read: " + FileFault.reason(e));
        }
    }

    private Picture decode(MemorySegment bytes) throws PictureException {
        ImageFormat format = codecs.sniff(bytes);
        Header header = codecs.header(format, bytes);
        if (header.size().pixels() > Mark.File.MOST_PIXELS) {
            throw new PictureException(
                    PictureException.Reason.LIMIT, "it is too large, " + header.size() + " pixels");
        }
        return codecs.decode(format, bytes, new DecodeRequest(null, 1, false, false), fileSpace)
                .picture()
                .firstFrame();
    }

    /** Upright, in sRGB, every plane whole, with alpha. */
    private Picture ready(Picture decoded) {
        RenditionContext context =
                new RenditionContext(
                        fileSpace,
                        resampler,
                        colors,
                        ImageFormat.PNG,
                        EncodeSettings.DEFAULT,
                        true,
                        this);
        Picture upright = new Orient().apply(decoded, context);
        Picture whole = Subsample.to(Chroma.S444, context.toSrgb(upright), context);
        Picture colored =
                whole.color() == ColorModel.YCC ? YccConversion.toRgb(whole, fileSpace) : whole;
        if (colored.alpha()) {
            return colored;
        }
        List<Plane> planes = new ArrayList<>(colored.planes());
        Plane opaque = Plane.allocate(fileSpace, colored.size().width(), colored.size().height());
        opaque.samples().fill((byte) 255);
        planes.add(opaque);
        return colored.with(colored.size(), colored.color(), true, List.of(new Frame(planes, 0)));
    }

    @Override
    public void close() {
        fileSpace.close();
        textSpace.close();
    }
}
