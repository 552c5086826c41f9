import imgpipe.codec.JpegHeader;
import imgpipe.image.Orientation;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * How close thumbnails come to a reference: the JDK's decoder at full size, then Lanczos3 in double
 * precision, straight from its definition. Nothing of it is shared with imgpipe or with a peer.
 *
 * <p>{@code Quality IN OUT...} compares each picture of a folder OUT with the one in IN that has
 * its name, and prints for each OUT the mean PSNR over its pictures in dB, their number, and the
 * folder's name. PSNR is that of all red, green and blue samples together, on white where there is
 * alpha. Pictures with an embedded profile are left out: some programs convert their colors, others
 * do not.
 */
class Quality {
    private static final int LOBES = 3;

    /** Identical pictures have no finite PSNR. */
    private static final double MOST = 99;

    /** Red, green and blue in turn, 0 to 255, row after row. */
    private record Pixels(int width, int height, float[] samples) {}

    static void main(String[] args) throws IOException {
        Path in = Path.of(args[0]);
        List<Path> outs = Arrays.stream(args).skip(1).map(Path::of).toList();
        TreeSet<String> names = new TreeSet<>();
        for (Path out : outs) {
            try (Stream<Path> paths = Files.list(out)) {
                paths.filter(Files::isRegularFile)
                        .forEach(path -> names.add(path.getFileName().toString()));
            }
        }
        List<double[]> found =
                names.parallelStream()
                        .map(in::resolve)
                        .filter(Quality::comparable)
                        .map(source -> psnr(source, outs))
                        .toList();
        for (int i = 0; i < outs.size(); i++) {
            int folder = i;
            double[] here =
                    found.stream()
                            .mapToDouble(row -> row[folder])
                            .filter(value -> !Double.isNaN(value))
                            .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%.2f\t%d\t%s%n",
                    Arrays.stream(here).average().orElse(0),
                    here.length,
                    outs.get(i).getFileName());
        }
    }

    private static boolean comparable(Path source) {
        try {
            String bytes = new String(Files.readAllBytes(source), StandardCharsets.ISO_8859_1);
            String head = bytes.substring(0, Math.min(bytes.length(), 1 << 18));
            return !head.contains("ICC_PROFILE") && !head.contains("iCCP");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One value for each folder; NaN where it has no such picture. */
    private static double[] psnr(Path source, List<Path> outs) {
        try {
            Pixels whole = upright(read(source), source);
            List<Pixels> references = new ArrayList<>();
            double[] found = new double[outs.size()];
            for (int i = 0; i < found.length; i++) {
                Path result = outs.get(i).resolve(source.getFileName());
                found[i] =
                        Files.exists(result) ? psnr(whole, read(result), references) : Double.NaN;
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Programs may round a side differently, so that a picture can have references of two sizes.
     *
     * @param references those made so far; a new one is added
     */
    private static double psnr(Pixels whole, Pixels got, List<Pixels> references) {
        Pixels want =
                references.stream()
                        .filter(pixels -> pixels.width() == got.width())
                        .filter(pixels -> pixels.height() == got.height())
                        .findAny()
                        .orElse(null);
        if (want == null) {
            want = lanczos(whole, got.width(), got.height());
            references.add(want);
        }
        double squares = 0;
        for (int i = 0; i < got.samples().length; i++) {
            double difference = got.samples()[i] - want.samples()[i];
            squares += difference * difference;
        }
        double mean = squares / got.samples().length;
        return mean == 0 ? MOST : Math.min(MOST, 10 * Math.log10(255 * 255 / mean));
    }

    private static Pixels read(Path file) throws IOException {
        BufferedImage image;
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            ImageReader reader = null;
            while (readers.hasNext() && reader == null) {
                ImageReader next = readers.next();
                reader = next.getClass().getName().startsWith("com.sun.imageio.") ? next : null;
            }
            if (reader == null) {
                throw new IOException("the JDK cannot read " + file);
            }
            reader.setInput(in);
            image = reader.read(0);
            reader.dispose();
        }
        int width = image.getWidth();
        int height = image.getHeight();
        float[] samples = new float[width * height * 3];
        if (image.getColorModel() instanceof IndexColorModel) {
            int[] row = new int[width];
            for (int y = 0, to = 0; y < height; y++) {
                image.getRGB(0, y, width, 1, row, 0, width);
                for (int x = 0; x < width; x++, to += 3) {
                    int pixel = row[x];
                    store(samples, to, pixel >> 16, pixel >> 8, pixel, (pixel >>> 24) / 255f);
                }
            }
            return new Pixels(width, height, samples);
        }
        // Not getRGB: Java holds grey to be linear light, and would brighten it.
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] row = new int[width * bands];
        for (int y = 0, to = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++, to += 3) {
                int from = x * bands;
                int red = row[from] >> shift;
                int green = bands < 3 ? red : row[from + 1] >> shift;
                int blue = bands < 3 ? red : row[from + 2] >> shift;
                float alpha = bands % 2 == 1 ? 1 : (row[from + bands - 1] >> shift) / 255f;
                store(samples, to, red, green, blue, alpha);
            }
        }
        return new Pixels(width, height, samples);
    }

    private static void store(float[] to, int at, int red, int green, int blue, float alpha) {
        float white = 255 * (1 - alpha);
        to[at] = (red & 0xFF) * alpha + white;
        to[at + 1] = (green & 0xFF) * alpha + white;
        to[at + 2] = (blue & 0xFF) * alpha + white;
    }

    private static Pixels upright(Pixels stored, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes[0] != (byte) 0xFF) {
            return stored;
        }
        Orientation orientation;
        try {
            orientation = JpegHeader.parse(MemorySegment.ofArray(bytes)).orientation();
        } catch (Exception e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (orientation == Orientation.UPRIGHT) {
            return stored;
        }
        boolean swap = orientation.transposes();
        int width = swap ? stored.height() : stored.width();
        int height = swap ? stored.width() : stored.height();
        float[] turned = new float[stored.samples().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = orientation.mirrorsX() ? width - 1 - x : x;
                int row = orientation.mirrorsY() ? height - 1 - y : y;
                int from = swap ? column * stored.width() + row : row * stored.width() + column;
                System.arraycopy(stored.samples(), 3 * from, turned, 3 * (y * width + x), 3);
            }
        }
        return new Pixels(width, height, turned);
    }

    /** Columns first, then rows; rounded to whole numbers and clamped, as a picture is. */
    private static Pixels lanczos(Pixels from, int width, int height) {
        double[][] down = weights(from.height(), height);
        int[] top = firsts(from.height(), height);
        double[][] across = weights(from.width(), width);
        int[] left = firsts(from.width(), width);
        int stride = from.width() * 3;
        double[] row = new double[stride];
        float[] small = new float[width * height * 3];
        for (int y = 0; y < height; y++) {
            Arrays.fill(row, 0);
            for (int tap = 0; tap < down[y].length; tap++) {
                add(row, down[y][tap], from.samples(), (top[y] + tap) * stride);
            }
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < 3; band++) {
                    double sum = 0;
                    int at = left[x] * 3 + band;
                    for (double weight : across[x]) {
                        sum += weight * row[at];
                        at += 3;
                    }
                    small[(y * width + x) * 3 + band] = Math.clamp(Math.round(sum), 0, 255);
                }
            }
        }
        return new Pixels(width, height, small);
    }

    private static void add(double[] sums, double weight, float[] samples, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * samples[from + i];
        }
    }

    /** The first source sample that output sample i is made of. */
    private static int[] firsts(int source, int target) {
        double scale = Math.max(1, (double) source / target);
        int[] first = new int[target];
        for (int i = 0; i < target; i++) {
            double center = (i + 0.5) * source / target;
            first[i] = (int) Math.max(0, Math.ceil(center - LOBES * scale - 0.5));
        }
        return first;
    }

    private static double[][] weights(int source, int target) {
        double scale = Math.max(1, (double) source / target);
        int[] first = firsts(source, target);
        double[][] weights = new double[target][];
        for (int i = 0; i < target; i++) {
            double center = (i + 0.5) * source / target;
            int end = (int) Math.min(source, Math.floor(center + LOBES * scale - 0.5) + 1);
            double[] taps = new double[Math.max(1, end - first[i])];
            double sum = 0;
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = lanczos((first[i] + tap + 0.5 - center) / scale);
                sum += taps[tap];
            }
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] /= sum;
            }
            weights[i] = taps;
        }
        return weights;
    }

    private static double lanczos(double x) {
        return Math.abs(x) >= LOBES ? 0 : sinc(x) * sinc(x / LOBES);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
