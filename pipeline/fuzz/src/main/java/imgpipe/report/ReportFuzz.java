package imgpipe.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Job logs and kept sums: whatever a crash or an editor left in them, there is a report. */
public final class ReportFuzz {
    private static final Path FOLDER = folder();

    private ReportFuzz() {}

    /** An even first byte begins a {@code summary.json}, an odd one a line of the job log. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] content = java.util.Arrays.copyOfRange(data, 1, data.length);
        if ((data[0] & 1) == 0) {
            LastRun.save(FOLDER, new String(content, StandardCharsets.UTF_8));
        } else {
            LastRun.forget(FOLDER);
            Files.write(FOLDER.resolve(JobLog.NAME), content);
            JobLogLine.parse(new String(content, StandardCharsets.UTF_8))
                    .ifPresent(ReportFuzz::requireSame);
        }
        LastRun.read(FOLDER).orElseThrow().text(false);
    }

    private static void requireSame(JobLogLine line) {
        String text = line.format();
        if (!JobLogLine.parse(text).map(JobLogLine::format).equals(java.util.Optional.of(text))) {
            throw new IllegalStateException("not read back: " + line);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("report");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
