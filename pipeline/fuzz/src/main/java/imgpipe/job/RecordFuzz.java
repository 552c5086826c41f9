package imgpipe.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run was asked to do, read back: a record, or a {@link JobException} of one line. */
public final class RecordFuzz {
    private static final Path FOLDER = folder();

    private RecordFuzz() {}

    /** The bytes are the file {@code job.json}. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FOLDER.resolve("job.json"), data);
        try {
            if (JobRecord.read(FOLDER).orElseThrow().arguments().isEmpty()) {
                throw new IllegalStateException("a record of nothing");
            }
        } catch (JobException e) {
            if (e.getMessage() == null || ReadableName.oneLine(e.getMessage()).isBlank()) {
                throw new IllegalStateException("it does not say what is wrong", e);
            }
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("record");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
