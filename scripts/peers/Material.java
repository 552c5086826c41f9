import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes the pictures that {@code scripts/bench-peers} works on. The same photographs give the same
 * pictures: noise comes from a generator that is seeded with the picture's number.
 *
 * <pre>
 * derive PHOTOS OUT COUNT WxH QUALITY NOISE   COUNT JPEGs of W x H, 4:2:0, cut from the photographs
 *                                             in PHOTOS, with noise of that standard deviation
 * collect jpg|png PICTURES OUT MINIMUM        the pictures of a format with so many pixels or more
 * copy jpg|png PICTURES OUT MINIMUM           the same as copies: no program can harm the originals
 * repeat PICTURES OUT COUNT                   COUNT links to the pictures, one round after another
 * tiny OUT COUNT                              COUNT JPEGs of 16x16 pixels, 1,000 a folder
 * </pre>
 *
 * Files are numbered, so that no two have the same stem and programs that take lists of names from
 * {@code xargs} need no quoting. {@code collect}, {@code repeat} and {@code tiny} link where the
 * file system can, and copy where not.
 */
class Material {
    private static final long PHOTOGRAPH = 1_500_000;
    private static final int TINY_KINDS = 500;

    private record Found(Path path, String format, int width, int height) {
        long pixels() {
            return (long) width * height;
        }
    }

    static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "derive" -> derive(args);
            case "collect", "copy" -> collect(args);
            case "repeat" -> repeat(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
            case "tiny" -> tiny(Path.of(args[1]), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void derive(String[] args) throws IOException {
        List<Found> photos =
                pictures(Path.of(args[1])).stream()
                        .filter(found -> found.format().equals("jpg"))
                        .filter(found -> found.pixels() >= PHOTOGRAPH)
                        .toList();
        if (photos.isEmpty()) {
            throw new IOException("no photograph of 1.5 megapixels in " + args[1]);
        }
        Path out = Files.createDirectories(Path.of(args[2]));
        String[] size = args[4].split("x");
        int width = Integer.parseInt(size[0]);
        int height = Integer.parseInt(size[1]);
        float quality = Integer.parseInt(args[5]) / 100f;
        double noise = Double.parseDouble(args[6]);
        IntStream.range(0, Integer.parseInt(args[3]))
                .parallel()
                .forEach(
                        i -> {
                            try {
                                Path photo = photos.get(i % photos.size()).path();
                                boolean mirrored = i / photos.size() % 2 == 1;
                                BufferedImage image = fill(read(photo), width, height, mirrored);
                                addNoise(image, noise, i);
                                write(image, out.resolve(name(i, "jpg")), quality);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /** Scales a picture until it covers a box, and cuts off what sticks out on both sides. */
    private static BufferedImage fill(
            BufferedImage source, int width, int height, boolean mirrored) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        double scale =
                Math.max((double) width / source.getWidth(), (double) height / source.getHeight());
        // Bicubic samples four pixels a side: where it shrinks by much, halve first.
        BufferedImage from = source;
        while (scale <= 0.5) {
            BufferedImage half =
                    new BufferedImage(
                            from.getWidth() / 2,
                            from.getHeight() / 2,
                            BufferedImage.TYPE_3BYTE_BGR);
            draw(from, half, 0.5, 0.5, false, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            from = half;
            scale *= 2;
        }
        scale = Math.max((double) width / from.getWidth(), (double) height / from.getHeight());
        draw(from, image, scale, scale, mirrored, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        return image;
    }

    private static void draw(
            BufferedImage from,
            BufferedImage to,
            double sx,
            double sy,
            boolean mirror,
            Object how) {
        Graphics2D graphics = to.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, how);
        AffineTransform place = new AffineTransform();
        place.translate(to.getWidth() / 2.0, to.getHeight() / 2.0);
        place.scale(mirror ? -sx : sx, sy);
        place.translate(-from.getWidth() / 2.0, -from.getHeight() / 2.0);
        graphics.drawImage(from, place, null);
        graphics.dispose();
    }

    /**
     * The same deviation for red, green and blue of a pixel, as what is left of a sensor's noise.
     */
    private static void addNoise(BufferedImage image, double deviation, int seed) {
        if (deviation == 0) {
            return;
        }
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < samples.length; i += 3) {
            int add = (int) Math.round(random.nextGaussian() * deviation);
            for (int band = i; band < i + 3; band++) {
                samples[band] = (byte) Math.clamp((samples[band] & 0xFF) + add, 0, 255);
            }
        }
    }

    private static BufferedImage read(Path path) throws IOException {
        BufferedImage image = ImageIO.read(path.toFile());
        if (image == null) {
            throw new IOException("cannot read " + path);
        }
        return image;
    }

    /** The JDK's writer stores 4:2:0, and its quality is libjpeg's divided by 100. */
    private static void write(BufferedImage image, Path path, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    private static void collect(String[] args) throws IOException {
        String format = args[1];
        Path out = Files.createDirectories(Path.of(args[3]));
        long minimum = Long.parseLong(args[4]);
        int number = 0;
        for (Found found : pictures(Path.of(args[2]))) {
            if (found.format().equals(format) && found.pixels() >= minimum) {
                Path to = out.resolve(name(number++, format));
                if (args[0].equals("copy")) {
                    Files.copy(found.path(), to);
                } else {
                    link(found.path(), to);
                }
            }
        }
    }

    private static void repeat(Path folder, Path out, int count) throws IOException {
        List<Path> files = files(folder);
        Files.createDirectories(out);
        for (int i = 0; i < count; i++) {
            Path file = files.get(i % files.size());
            String name = file.getFileName().toString();
            link(file, out.resolve(name(i, name.substring(name.lastIndexOf('.') + 1))));
        }
    }

    private static void tiny(Path out, int count) throws IOException {
        List<Path> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path folder = out.resolve(String.format(Locale.ROOT, "%03d", i / 1000));
            if (i % 1000 == 0) {
                Files.createDirectories(folder);
            }
            Path file = folder.resolve(name(i, "jpg"));
            if (i < TINY_KINDS) {
                BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
                addNoise(image, 99, i);
                write(image, file, 0.9f);
                kinds.add(file);
            } else {
                link(kinds.get(i % TINY_KINDS), file);
            }
        }
    }

    /** The pictures below a folder that the JDK can read, without links, in the order of names. */
    private static List<Found> pictures(Path folder) throws IOException {
        List<Found> pictures = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            String format =
                    name.endsWith(".png") ? "png" : name.matches(".*\\.jpe?g") ? "jpg" : null;
            if (format == null) {
                continue;
            }
            try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
                Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
                if (readers.hasNext()) {
                    ImageReader reader = readers.next();
                    reader.setInput(in);
                    pictures.add(new Found(file, format, reader.getWidth(0), reader.getHeight(0)));
                    reader.dispose();
                }
            } catch (IOException unreadable) {
                System.err.println("left out: " + file + ": " + unreadable.getMessage());
            }
        }
        return pictures;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> Files.isRegularFile(path) && !Files.isSymbolicLink(path))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException cannot) {
            Files.copy(from, to);
        }
    }

    private static String name(int number, String extension) {
        return String.format(Locale.ROOT, "%06d.%s", number, extension);
    }
}
