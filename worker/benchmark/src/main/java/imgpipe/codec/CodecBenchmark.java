package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A picture of 3 megapixels, and one of 800x600, by the codec that this machine has for the format.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final Size LARGE = new Size(2000, 1500);
    private static final Size SMALL = new Size(800, 600);

    @Param({"JPEG", "PNG", "WEBP"})
    public ImageFormat format = ImageFormat.JPEG;

    private final Arena arena = Arena.ofShared();
    private final Workspace pictures = new Workspace();
    private final Workspace workspace = new Workspace();
    private final Codecs codecs = Codecs.ofThisMachine();
    private MemorySegment file = MemorySegment.NULL;
    private Picture small = DrawnPicture.of(SMALL, ColorModel.RGB, pictures);

    /** Draws and encodes; says which codecs are measured. */
    @Setup
    public void draw() throws PictureException {
        ColorModel color = format == ImageFormat.JPEG ? ColorModel.YCC : ColorModel.RGB;
        small = DrawnPicture.of(SMALL, color, pictures);
        Picture large = DrawnPicture.of(LARGE, color, pictures);
        EncodeSettings fine = EncodeSettings.DEFAULT.withQuality(93);
        MemorySegment encoded = codecs.encode(large, format, fine, workspace);
        file = arena.allocate(encoded.byteSize()).copyFrom(encoded);
        System.out.printf(
                "%n%s: %d bytes, read by %s, written by %s%n",
                format,
                file.byteSize(),
                codecs.reader(format).name(),
                codecs.writer(format).name());
    }

    /** Every pixel. */
    @Benchmark
    public Decoded decode() throws PictureException {
        return decode(LARGE);
    }

    /** At no less than half the size, if the codec can do so. */
    @Benchmark
    public Decoded decodeHalf() throws PictureException {
        return decode(new Size(1000, 750));
    }

    /** At no less than a quarter of the size. */
    @Benchmark
    public Decoded decodeQuarter() throws PictureException {
        return decode(new Size(500, 375));
    }

    /** At no less than an eighth of the size. */
    @Benchmark
    public Decoded decodeEighth() throws PictureException {
        return decode(new Size(250, 188));
    }

    /** What is read before memory is taken. */
    @Benchmark
    public Header header() throws PictureException {
        return codecs.header(format, file);
    }

    /** 800x600, with the default settings. */
    @Benchmark
    public MemorySegment encode() throws PictureException {
        workspace.reset();
        return codecs.encode(small, format, EncodeSettings.DEFAULT, workspace);
    }

    private Decoded decode(Size floor) throws PictureException {
        workspace.reset();
        return codecs.decode(format, file, new DecodeRequest(floor, 1, false, false), workspace);
    }

    /** Gives all memory back. */
    @TearDown
    public void close() {
        codecs.close();
        workspace.close();
        pictures.close();
        arena.close();
    }
}
