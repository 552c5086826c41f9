package imgpipe.dispatch.process;

import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the deaths for which a picture went into quarantine: a text file for each picture
 * in the folder {@code quarantine} beside the workers' logs, which later runs write over. It tells
 * of each death what {@link CrashReport#text()} does: signal or exit value, and the end of the log.
 */
final class Evidence {
    private static final int MOST_CHARACTERS = 100;

    private Evidence() {}

    /**
     * Writes the file; an earlier one about the same picture is replaced.
     *
     * @return where it is, or null if it cannot be written, which must not change the verdict
     */
    static @Nullable Path keep(Path logFolder, Task task, List<CrashReport> deaths) {
        Path file = logFolder.resolve("quarantine").resolve(name(task) + ".txt");
        StringBuilder text = new StringBuilder();
        text.append(
                "%s%n%s%n%d bytes, modified %.3f s after 1970%n"
                        .formatted(
                                task.name(), task.source(), task.bytes(), task.modified() / 1e9));
        for (int i = 0; i < deaths.size(); i++) {
            CrashReport death = deaths.get(i);
            text.append("%n%d. %s%n%s%n".formatted(i + 1, death.time(), death.text()));
        }
        try {
            Files.createDirectories(logFolder.resolve("quarantine"));
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return file;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The picture's own name, as it is percent-encoded, and a checksum of all of it: there may be
     * others of that name in other folders, and names too long for a file of ours.
     */
    private static String name(Task task) {
        String own = task.name().substring(task.name().lastIndexOf('/') + 1);
        CRC32C checksum = new CRC32C();
        checksum.update(task.name().getBytes(StandardCharsets.UTF_8));
        return own.substring(0, Math.min(own.length(), MOST_CHARACTERS))
                + "-%08x".formatted(checksum.getValue());
    }
}
