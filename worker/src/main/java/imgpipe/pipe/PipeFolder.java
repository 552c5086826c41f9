package imgpipe.pipe;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where FIFOs lie until both ends are open: a folder below {@code java.io.tmpdir} that only its
 * owner can enter, with the process id of its maker in its name. A maker that is killed just then
 * leaves it behind, and the next one takes it away.
 */
final class PipeFolder {
    private static final Pattern NAME = Pattern.compile("imgpipe-([0-9]{1,18})-[0-9]+");

    private PipeFolder() {}

    static Path create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        removeStale(parent);
        return Files.createTempDirectory(parent, "imgpipe-" + ProcessHandle.current().pid() + "-");
    }

    /** Takes away what the dead have left in this folder, as far as we may. */
    static void removeStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "imgpipe-*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    remove(folder);
                }
            }
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (NamedPipe.isOurs(entry)) {
                    Files.deleteIfExists(entry);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Somebody else's, or in somebody else's use: it harms nobody where it is.
            return;
        }
    }
}
