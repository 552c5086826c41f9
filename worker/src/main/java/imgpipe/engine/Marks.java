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
import imgpipe.operation.Operation;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures that watermarks show, decoded once. They lie in memory of their own, which is not
 * taken back with that of each picture.
 */
final class Marks implements AutoCloseable {
    /** Bytes of marks above which those of other tasks make room for a new one. */
    private static final long MOST_OF_FILES = 256 << 20;

    /** Likewise of texts: pictures of different sizes have texts of different sizes. */
    private static final long MOST_OF_TEXTS = 64 << 20;

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
     * Gets ready all that a task will ask for, until the next call.
     *
     * @throws MarkException when a mark's file cannot be read or has changed, or a text cannot be
     *     drawn here
     */
    void prepare(List<Recipe> recipes) throws MarkException {
        Set<Mark.File> wanted = new LinkedHashSet<>();
        for (Recipe recipe : recipes) {
            for (Operation operation : recipe.operations()) {
                if (operation instanceof Watermark watermark) {
                    switch (watermark.mark()) {
                        case Mark.File file -> wanted.add(file);
                        case Mark.Text text -> requireLetters(text);
                    }
                }
            }
        }
        if (fileSpace.capacity() > MOST_OF_FILES && !files.keySet().containsAll(wanted)) {
            files.clear();
            fileSpace.close();
        }
        for (Mark.File file : wanted) {
            if (!files.containsKey(file)) {
                files.put(file, load(file));
            }
        }
    }

    private static void requireLetters(Mark.Text text) throws MarkException {
        Optional<String> obstacle = TextPainter.obstacle(text.text());
        if (obstacle.isPresent()) {
            throw new MarkException("the watermark: " + obstacle.get());
        }
    }

    Picture get(Mark.File file) {
        return Objects.requireNonNull(files.get(file), "marks are made ready before");
    }

    /** The text's picture, valid until another one is asked for. */
    Picture get(Mark.Text text, int letters) {
        Letters wanted = new Letters(text, letters);
        if (textSpace.capacity() > MOST_OF_TEXTS && !texts.containsKey(wanted)) {
            texts.clear();
            textSpace.close();
        }
        return texts.computeIfAbsent(
                wanted, key -> TextPainter.draw(text.text(), text.color(), letters, textSpace));
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
            return load(content);
        } catch (MarkException e) {
            throw e;
        } catch (PictureException e) {
            throw new MarkException("the watermark " + path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new MarkException(
                    "the watermark " + path + " cannot be read: " + FileFault.reason(e));
        }
    }

    /** Only the mark itself stays; what it was made of, and of broken ones everything, goes. */
    private Picture load(byte[] content) throws PictureException {
        try (Workspace scratch = new Workspace()) {
            MemorySegment bytes = scratch.allocate(content.length);
            bytes.copyFrom(MemorySegment.ofArray(content));
            Picture made = ready(decode(bytes, scratch), scratch);
            List<Plane> planes = new ArrayList<>();
            for (Plane plane : made.planes()) {
                Plane kept = Plane.allocate(fileSpace, plane.width(), plane.height());
                plane.copyTo(kept, /* left= */ 0, /* top= */ 0);
                planes.add(kept);
            }
            return Picture.of(made.size(), made.color(), made.alpha(), planes);
        }
    }

    private Picture decode(MemorySegment bytes, Workspace scratch) throws PictureException {
        ImageFormat format = codecs.sniff(bytes);
        Header header = codecs.header(format, bytes);
        if (header.size().pixels() > Mark.File.MOST_PIXELS) {
            throw new PictureException(
                    PictureException.Reason.LIMIT, "it is too large, " + header.size() + " pixels");
        }
        return codecs.decode(format, bytes, new DecodeRequest(null, 1, false, false), scratch)
                .picture()
                .firstFrame();
    }

    /** Upright, in sRGB, every plane whole, with alpha. */
    private Picture ready(Picture decoded, Workspace scratch) {
        RenditionContext context =
                new RenditionContext(
                        scratch,
                        resampler,
                        colors,
                        ImageFormat.PNG,
                        EncodeSettings.DEFAULT,
                        true,
                        this);
        Picture upright = new Orient().apply(decoded, context);
        Picture whole = Subsample.to(Chroma.S444, context.toSrgb(upright), context);
        Picture colored =
                whole.color() == ColorModel.YCC ? YccConversion.toRgb(whole, scratch) : whole;
        if (colored.alpha()) {
            return colored;
        }
        List<Plane> planes = new ArrayList<>(colored.planes());
        Plane opaque = Plane.allocate(scratch, colored.size().width(), colored.size().height());
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
