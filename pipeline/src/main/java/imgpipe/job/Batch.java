package imgpipe.job;

import imgpipe.job.JobException.Reason;
import imgpipe.ledger.LedgerIndex;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an input, held in memory, for those who run the same pictures many times and publish
 * nothing.
 *
 * @param root folder of the sources, without links
 * @param tasks in the order of the listing, numbered from 0
 * @param found how many pictures the input has
 * @param failures lines for people, about names that should have been pictures
 */
public record Batch(Path root, List<Task> tasks, long found, List<String> failures) {
    private static final int MOST_FAILURES = 20;

    public Batch {
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
    }

    /**
     * Lists the pictures of a run; if there are more than {@code most}, so many of them, spread
     * evenly.
     *
     * @param most at least 1
     * @param stopped asked before each file; true ends the listing
     * @throws JobException when the input is not there
     * @throws IOException when it cannot be listed
     */
    public static Batch of(JobSpec spec, int most, BooleanSupplier stopped)
            throws JobException, IOException {
        Sample<Candidate> sample = new Sample<>(most);
        List<String> failures = new ArrayList<>();
        Path root;
        try (SourceScanner scanner = new SourceScanner(spec.input(), spec.allFiles(), stopped)) {
            root = scanner.root();
            scanner.scan(
                    new ScanListener() {
                        @Override
                        public void candidate(Candidate candidate) {
                            sample.add(candidate);
                        }

                        @Override
                        public void failed(String name, FailureKind kind, String sentence) {
                            if (failures.size() < MOST_FAILURES) {
                                failures.add(
                                        ReadableName.decode(name) + ": " + kind + ": " + sentence);
                            }
                        }

                        @Override
                        public void ignored() {}
                    });
        }
        return new Batch(root, tasks(spec, sample.elements()), sample.seen(), failures);
    }

    private static List<Task> tasks(JobSpec spec, List<Candidate> candidates)
            throws JobException, IOException {
        LedgerIndex empty = LedgerIndex.read(spec.jobFolder().resolve("no ledger"));
        String uri = Planner.uri(spec.output());
        Planner planner = new Planner(spec, uri, new FolderOutputs(uri), empty, false);
        List<Task> tasks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!(planner.plan(tasks.size(), candidate) instanceof Planner.Plan.Make(Task task))) {
                throw new JobException(
                        Reason.FAILED, candidate.name() + " has been done, by whom is not known");
            }
            tasks.add(task);
        }
        return tasks;
    }

    /**
     * Cuts tasks into shards as a run does.
     *
     * @param temporaryFolder for the outputs; a list of the tasks lies there meanwhile
     */
    public static List<Shard> shards(
            List<Task> tasks, int workers, Limits limits, Path temporaryFolder) throws IOException {
        try (TaskSpool spool = new TaskSpool(temporaryFolder.resolve("tasks"))) {
            for (Task task : tasks) {
                spool.add(task);
            }
            ShardPlanner planner =
                    new ShardPlanner(workers, limits, temporaryFolder.toUri().getRawPath(), spool);
            List<Shard> shards = new ArrayList<>();
            for (@Nullable Shard shard = planner.next(); shard != null; shard = planner.next()) {
                shards.add(shard);
            }
            return shards;
        }
    }
}
