package imgpipe.codec.ffm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of libjpeg-turbo. Its API does not tell; but every build carries the sentence {@code
 * libjpeg-turbo version 2.1.5 (build 20230203)}.
 */
final class TurboJpegVersion {
    private static final Pattern SENTENCE =
            Pattern.compile("libjpeg-turbo version ([0-9][0-9A-Za-z.]*)");

    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

    private TurboJpegVersion() {}

    /** As {@code 2.1.5}, or {@code 3.x} where only the API's generation can be seen. */
    static String of(NativeLibrary library) {
        return file(library)
                .flatMap(TurboJpegVersion::in)
                .orElse(library.has("tj3Init") ? "3.x" : "2.x");
    }

    /** A library that the system's loader found by its name is among the mapped files. */
    private static Optional<Path> file(NativeLibrary library) {
        String location = library.location();
        if (location.startsWith("/")) {
            return Optional.of(Path.of(location));
        }
        try (Stream<String> lines = Files.lines(MAPPED_FILES, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("/libturbojpeg."))
                    .findFirst()
                    .map(line -> Path.of(line.substring(line.indexOf('/'))));
        } catch (IOException | InvalidPathException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> in(Path file) {
        try {
            Matcher matcher = SENTENCE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
