package imgpipe.engine;

import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.stream.Stream;

/** The small pictures among the resources, and what other programs saw in them. */
final class SeenPictures {
    private static final String EXPECTED = ".expected";

    private SeenPictures() {}

    private static Path folder() throws URISyntaxException {
        URL script = SeenPictures.class.getResource("/pictures/make-pictures.py");
        return Path.of(Objects.requireNonNull(script).toURI()).resolveSibling("");
    }

    /** Those of which it is known how they look. */
    static Stream<Path> all() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> expected =
                    files.filter(file -> file.toString().endsWith(EXPECTED)).sorted().toList();
            return expected.stream()
                    .map(
                            file -> {
                                String name = file.getFileName().toString();
                                return file.resolveSibling(
                                        name.substring(0, name.length() - EXPECTED.length()));
                            });
        }
    }

    static MemorySegment file(Path path) throws IOException {
        return MemorySegment.ofArray(Files.readAllBytes(path));
    }

    static Path path(String name) throws URISyntaxException {
        return folder().resolve(name);
    }

    static MemorySegment file(String name) throws IOException, URISyntaxException {
        return file(path(name));
    }

    /** A PPM or PAM: red, green, blue and perhaps alpha of each pixel. */
    static final class Seen {
        private final Size size;
        private final boolean alpha;
        private final byte[] samples;

        private Seen(Size size, boolean alpha, byte[] samples) {
            this.size = size;
            this.alpha = alpha;
            this.samples = samples;
        }

        Size size() {
            return size;
        }

        boolean alpha() {
            return alpha;
        }

        static Seen of(Path picture) throws IOException {
            byte[] file = Files.readAllBytes(Path.of(picture + EXPECTED));
            String text = new String(file, StandardCharsets.ISO_8859_1);
            boolean alpha = text.startsWith("P7");
            Scanner head = new Scanner(text.replaceAll("^P.|WIDTH|HEIGHT", " "));
            Size size = new Size(head.nextInt(), head.nextInt());
            int bytes = Math.toIntExact(size.pixels() * (alpha ? 4 : 3));
            byte[] samples = new byte[bytes];
            System.arraycopy(file, file.length - bytes, samples, 0, bytes);
            return new Seen(size, alpha, samples);
        }

        /** CIE76 distances of all pixels, each laid on white. */
        double[] distances(Picture picture) {
            List<Plane> planes = picture.planes();
            int channels = alpha ? 4 : 3;
            double[] distances = new double[(int) size.pixels()];
            for (int i = 0; i < distances.length; i++) {
                int x = i % size.width();
                int y = i / size.width();
                double[] here = new double[3];
                double[] there = new double[3];
                double opacity = alpha ? planes.getLast().at(x, y) / 255.0 : 1;
                double expected = alpha ? (samples[i * 4 + 3] & 0xFF) / 255.0 : 1;
                for (int band = 0; band < 3; band++) {
                    int plane = planes.size() < 3 ? 0 : band;
                    here[band] = 255 - opacity * (255 - planes.get(plane).at(x, y));
                    there[band] = 255 - expected * (255 - (samples[i * channels + band] & 0xFF));
                }
                distances[i] = distance(lab(here), lab(there));
            }
            return distances;
        }

        private static double distance(double[] a, double[] b) {
            return Math.sqrt(
                    Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
        }

        /** L*a*b* of an sRGB color (IEC 61966-2-1, CIE 15), with D65 as white. */
        private static double[] lab(double[] rgb) {
            double[] light = new double[3];
            for (int i = 0; i < 3; i++) {
                double signal = rgb[i] / 255;
                light[i] =
                        signal <= 0.04045
                                ? signal / 12.92
                                : Math.pow((signal + 0.055) / 1.055, 2.4);
            }
            double x = 0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2];
            double y = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
            double z = 0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2];
            double fx = root(x / 0.9505);
            double fy = root(y);
            double fz = root(z / 1.0890);
            return new double[] {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
        }

        private static double root(double t) {
            return t > 216 / 24389.0 ? Math.cbrt(t) : (24389 / 27.0 * t + 16) / 116;
        }
    }
}
