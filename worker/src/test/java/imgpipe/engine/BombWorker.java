package imgpipe.engine;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that does all files of a folder and prints for each its name, what came of it, the
 * milliseconds that took, and how many bytes the process then had in memory at most, separated by
 * tabs.
 */
public final class BombWorker {
    private BombWorker() {}

    /** Arguments: the folder, one for outputs. */
    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.sorted().toList();
        }
        try (Engine engine = Engine.create()) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                // Those that write all frames, and all that is beside the pixels, read them too.
                String target =
                        name.endsWith(".gif") ? "gif" : name.endsWith("webp") ? "webp" : "png";
                long began = System.nanoTime();
                Outcome outcome =
                        engine.run(
                                task(file, "resize 100x100 | " + target + " metadata=all"),
                                Limits.DEFAULT,
                                Path.of(args[1]));
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                String end =
                        switch (outcome) {
                            case Outcome.Done _ -> "DONE";
                            case Outcome.Failed failed -> failed.kind() + ": " + failed.sentence();
                            case Outcome.Quarantined _ -> "QUARANTINED";
                        };
                String line = name + "\t" + end + "\t" + millis + "\t" + highest() + "\n";
                System.out.write(line.getBytes(StandardCharsets.UTF_8));
                System.out.flush();
            }
        }
    }

    private static Task task(Path file, String recipe) throws IOException {
        return new Task(
                1,
                file.getFileName().toString(),
                file.toUri().getRawPath(),
                Files.size(file),
                Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS),
                List.of(new Rendition("/out/x", recipe)));
    }

    private static long highest() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                : 0;
    }
}
