package imgpipe.report;

import imgpipe.job.JobListener;
import imgpipe.job.ReadableName;
import imgpipe.job.RenditionSpec;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.transfer.store.Addresses;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code joblog.tsv} in the job folder while the run goes on, a {@link JobLogLine} for each
 * picture. The one of the run before becomes {@code joblog.1.tsv}. The file is opened when the plan
 * is made, so a run that is refused leaves the old one alone, and so does one that has nothing to
 * do.
 */
public final class JobLog implements JobListener, AutoCloseable {
    /** Name of the file in the job folder. */
    static final String NAME = "joblog.tsv";

    private static final String OLD_NAME = "joblog.1.tsv";

    /** Lines are flushed no more often, as a run of small pictures records thousands a second. */
    private static final Duration FLUSH = Duration.ofMillis(500);

    /** Names that fail before the plan is made, and with it the run accepted, wait in memory. */
    private static final int MOST_EARLY = 10_000;

    private record Work(Task task, long start, long end) {}

    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> complaints;
    private final Map<Integer, Long> inHand = new HashMap<>();
    private final Map<Long, Work> work = new HashMap<>();
    private final List<JobLogLine> early = new ArrayList<>();
    private @Nullable BufferedWriter file;
    private boolean broken;
    private boolean closed;
    private long flushed;

    /**
     * A log that is not yet there.
     *
     * @param folder the job folder; exists by the time that something is planned
     * @param complaints gets a sentence when the log cannot be written; the run goes on without
     */
    public JobLog(Path folder, InstantSource clock, Consumer<String> complaints) {
        this.folder = folder;
        this.clock = clock;
        this.complaints = complaints;
    }

    @Override
    public synchronized void planned(long tasks, long bytes, long skipped) {
        if (tasks > 0) {
            open();
        }
        early.forEach(this::write);
        early.clear();
    }

    @Override
    public synchronized void started(int worker, Task task) {
        inHand.put(worker, task.id());
        work.put(task.id(), new Work(task, clock.millis(), 0));
    }

    @Override
    public synchronized void idle(int worker) {
        Long id = inHand.remove(worker);
        if (id != null) {
            work.computeIfPresent(
                    id, (_, begun) -> new Work(begun.task(), begun.start(), clock.millis()));
        }
    }

    @Override
    public synchronized void recorded(Task task, Outcome outcome, long bytesOut) {
        Work begun = work.remove(task.id());
        long now = clock.millis();
        long start = begun == null ? now : begun.start();
        long end = begun == null || begun.end() == 0 ? now : begun.end();
        String status;
        String kind = "";
        String message;
        switch (outcome) {
            case Outcome.Done done -> {
                status = "done";
                message = String.join("; ", done.warnings());
            }
            case Outcome.Failed failed -> {
                status = "failed";
                kind = failed.kind().name();
                message = failed.sentence();
            }
            case Outcome.Quarantined quarantined -> {
                status = "quarantined";
                kind = quarantined.kind().name();
                message = quarantined.sentence();
            }
        }
        write(
                new JobLogLine(
                        task.id() + 1,
                        start / 1e3,
                        (end - start) / 1e3,
                        task.bytes(),
                        bytesOut,
                        command(task),
                        status,
                        kind,
                        ReadableName.decode(task.name()),
                        message));
    }

    @Override
    public synchronized void failed(String name, FailureKind kind, String sentence) {
        writeUndone("failed", name, kind, sentence);
    }

    @Override
    public synchronized void left(String name, FailureKind kind, String sentence) {
        writeUndone("quarantined", name, kind, sentence);
    }

    private void writeUndone(String status, String name, FailureKind kind, String sentence) {
        JobLogLine line =
                new JobLogLine(
                        0,
                        clock.millis() / 1e3,
                        0,
                        0,
                        0,
                        "",
                        status,
                        kind.name(),
                        ReadableName.decode(name),
                        sentence);
        if (file == null && early.size() < MOST_EARLY) {
            early.add(line);
        } else {
            write(line);
        }
    }

    /** Writes what is left and closes the file. */
    @Override
    public synchronized void close() {
        BufferedWriter open = file;
        file = null;
        closed = true;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                complain(e);
            }
        }
    }

    /**
     * What a person types to try this picture alone; its outputs go where they belong. An address
     * that holds a secret is not shown as a whole.
     */
    private static String command(Task task) {
        String source =
                Addresses.scheme(task.source()).isPresent()
                        ? Addresses.readable(task.source())
                        : ReadableName.decode(task.source());
        String file = source.substring(source.lastIndexOf('/') + 1);
        String stem = stem(file);
        return task.renditions().stream()
                .map(rendition -> command(rendition, source, stem))
                .collect(Collectors.joining(" && "));
    }

    private static String command(Rendition rendition, String source, String stem) {
        String target = ReadableName.decode(Addresses.readable(rendition.target()));
        String folder = target.substring(0, target.lastIndexOf('/') + 1);
        String name = target.substring(folder.length());
        boolean own = stem.isEmpty() || stem(name).equals(stem);
        String verb =
                "run "
                        + (own ? "" : "--name " + quoted(name.replace(stem, "{stem}")) + " ")
                        + quoted(rendition.recipe());
        if (rendition.recipe().equals(RenditionSpec.COPY)) {
            verb = Addresses.scheme(source).isPresent() ? "fetch" : "push";
        }
        return "imgpipe " + verb + " " + quoted(source) + " " + quoted(folder);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private void write(JobLogLine line) {
        open();
        BufferedWriter open = file;
        if (open == null) {
            return;
        }
        try {
            open.write(line.format() + "\n");
            if (clock.millis() - flushed >= FLUSH.toMillis()) {
                open.flush();
                flushed = clock.millis();
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private void open() {
        if (file != null || broken || closed) {
            return;
        }
        Path path = folder.resolve(NAME);
        try {
            LastRun.forget(folder);
            if (Files.exists(path)) {
                Files.move(path, folder.resolve(OLD_NAME), StandardCopyOption.REPLACE_EXISTING);
            }
            BufferedWriter opened = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
            file = opened;
            opened.write(JobLogLine.HEADER + "\n");
            opened.flush();
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(IOException e) {
        file = null;
        if (!broken) {
            broken = true;
            complaints.accept(
                    "the job log "
                            + folder.resolve(NAME)
                            + " cannot be written: "
                            + e.getMessage());
        }
    }
}
