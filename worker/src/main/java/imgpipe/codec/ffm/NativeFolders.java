package imgpipe.codec.ffm;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where native libraries may lie beside the places that the system's loader knows. */
final class NativeFolders {
    static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

    private static final String SETTING = "IMGPIPE_NATIVE";

    private NativeFolders() {}

    /**
     * What the codecs' own libraries need, by the beginnings of their names: the rest of a folder
     * is not imgpipe's to load.
     */
    private static final List<String> NEEDED =
            List.of(
                    "absl",
                    "aom",
                    "brotli",
                    "dav1d",
                    "de265",
                    "deflate",
                    "gav1",
                    "heif",
                    "jpeg",
                    "kvazaar",
                    "numa",
                    "openh264",
                    "openjp2",
                    "openjph",
                    "rav1e",
                    "sharpyuv",
                    "SvtAv1",
                    "turbojpeg",
                    "vvdec",
                    "vvenc",
                    "webp",
                    "x264",
                    "x265",
                    "yuv");

    /** The folders of the system property or else environment variable {@code IMGPIPE_NATIVE}. */
    static List<Path> named() {
        List<Path> folders = new ArrayList<>();
        for (String name : setting(SETTING).split(File.pathSeparator, -1)) {
            if (!name.isEmpty()) {
                add(folders, name);
            }
        }
        return folders;
    }

    /** Homebrew's folders. */
    static List<Path> installed() {
        List<Path> folders = new ArrayList<>();
        add(folders, "/opt/homebrew/lib");
        add(folders, "/usr/local/lib");
        return folders;
    }

    /** The folders that {@code scripts/fetch-native-codecs} fills. */
    static List<Path> filled() {
        List<Path> folders = new ArrayList<>();
        String subfolder = "/imgpipe/native/" + machine();
        String cache = environment("XDG_CACHE_HOME");
        String home = environment("HOME");
        if (!cache.isEmpty()) {
            add(folders, cache + subfolder);
        } else if (!home.isEmpty()) {
            add(folders, home + "/.cache" + subfolder);
        }
        addTemporary(folders);
        return folders;
    }

    /** The libraries of a folder that codecs need, none if it cannot be read. */
    static List<Path> libraries(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, MAC ? "lib*.dylib" : "lib*.so.*")) {
            for (Path file : entries) {
                String name = String.valueOf(file.getFileName());
                if (NEEDED.stream().anyMatch(stem -> name.startsWith("lib" + stem))) {
                    files.add(file);
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return files;
    }

    /**
     * The folder that the script falls back to. As everybody can write beside it, it counts only if
     * it belongs to this user and is no link.
     */
    private static void addTemporary(List<Path> folders) {
        String parent = environment("TMPDIR");
        try {
            Path self = Path.of("/proc/self");
            if (!Files.exists(self)) {
                return;
            }
            Object user = Files.getAttribute(self, "unix:uid");
            Path folder = Path.of(parent.isEmpty() ? "/tmp" : parent, "imgpipe-native-" + user);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getAttribute(folder, "unix:uid"))) {
                folders.add(folder.resolve(machine()));
            }
        } catch (IOException | InvalidPathException | UnsupportedOperationException unknown) {
            return; // a folder less
        }
    }

    private static void add(List<Path> folders, String name) {
        try {
            // The loader would look for a bare name elsewhere.
            folders.add(Path.of(name).toAbsolutePath());
        } catch (InvalidPathException notHere) {
            return; // such a folder cannot be opened in this locale either
        }
    }

    /** The processor as {@code uname -m} writes it. */
    private static String machine() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> MAC ? "arm64" : name;
            default -> name;
        };
    }

    private static String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? environment(name) : property;
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
