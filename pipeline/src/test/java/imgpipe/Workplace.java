package imgpipe;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A folder with pictures to work on. Names are percent-encoded, as the locale of the tests may not
 * know their letters.
 */
record Workplace(Path folder) {
    /** The environment of imgpipe there. */
    Launch launch(Map<String, String> environment) throws IOException, InterruptedException {
        return new Launch(folder, folder, merged(SharedStart.environment(), environment));
    }

    private static Map<String, String> merged(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(other);
        return all;
    }

    /** Runs imgpipe there. */
    Launch.Ended imgpipe(String... arguments) throws IOException, InterruptedException {
        return launch(Map.of()).imgpipe(arguments);
    }

    /** The file of this percent-encoded name. */
    Path file(String name) {
        return Path.of(URI.create(folder.toUri() + name));
    }

    /** Writes a picture with a gradient; the format is that of the name's extension. */
    Path picture(String name, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int detail = (x * y) & 63;
                picture.setRGB(
                        x, y, ((255 * x / width) << 16) | ((255 * y / height) << 8) | detail);
            }
        }
        Path file = file(name);
        Files.createDirectories(file.getParent());
        String format = name.endsWith(".png") ? "png" : "jpeg";
        // A File would lose letters that the locale does not know.
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!ImageIO.write(picture, format, out)) {
                throw new IOException("no writer for " + format);
            }
        }
        return file;
    }

    /** Relative percent-encoded path and SHA-256 of every file but those in {@code .imgpipe}. */
    Map<String, String> content(String name) throws IOException {
        Path root = file(name);
        Map<String, String> sums = new TreeMap<>();
        if (!Files.exists(root)) {
            return sums;
        }
        String prefix = root.toUri().getRawPath();
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (!file.startsWith(root.resolve(".imgpipe"))) {
                sums.put(
                        file.toUri().getRawPath().substring(prefix.length()),
                        sha256(Files.readAllBytes(file)));
            }
        }
        return sums;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How many files lie in the folder itself; asked while a run goes on. */
    int count(String name) throws IOException {
        Path root = file(name);
        if (!Files.isDirectory(root)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(root)) {
            return (int) files.filter(Files::isRegularFile).count();
        }
    }

    /** What a run has left in its folder for temporary files. */
    List<Path> temporary(String output) throws IOException {
        try (Stream<Path> files = Files.list(file(output + "/.imgpipe/tmp"))) {
            return files.toList();
        }
    }

    /** Writes what the next start finds on its standard input. */
    void input(String text) throws IOException {
        Files.write(folder.resolve(".input"), text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
