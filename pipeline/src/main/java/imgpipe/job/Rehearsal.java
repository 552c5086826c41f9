package imgpipe.job;

import imgpipe.ledger.LedgerIndex;
import imgpipe.ledger.Restatement;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.transfer.Retries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of which only the plan is made and told: nothing is written to the output. */
record Rehearsal(JobSpec spec, Tally tally, Ending ending, JobListener listener) {
    /**
     * Lists, plans and checks for collisions.
     *
     * @param sending how the output is listed, if it is a store
     * @throws JobException when the run would be refused
     */
    void run(Sources sources, Retries sending)
            throws IOException, JobException, InterruptedException {
        if (spec.input().fetched() instanceof Input.Addresses) {
            listener.warning(
                    "a dry run asks no address; what has not changed there will be skipped");
        }
        // Sources are known by their real paths, and in place are compared with outputs.
        Path output = OutputFolder.realPath(spec.output());
        LedgerIndex ledger = LedgerIndex.read(Job.ledgerFile(spec.jobFolder()));
        Path folder = Files.createTempDirectory("imgpipe-");
        try (Target target = Target.rehearsing(spec, output, sending)) {
            plan(sources.scan(), target.planner(ledger), folder);
        } finally {
            Files.delete(folder);
        }
    }

    private void plan(Scan scan, Planner planner, Path folder)
            throws IOException, JobException, InterruptedException {
        try (CollisionCheck collisions =
                CollisionCheck.of(spec, planner, folder, ending::isStopped)) {
            scan.scan(
                    new PlannedScan(
                            scan.searches(),
                            planner,
                            collisions,
                            tally,
                            new Restatement(),
                            listener,
                            task -> tell(task, planner)));
            collisions.require(scan);
        }
    }

    private void tell(Task task, Planner planner) {
        for (Rendition rendition : task.renditions()) {
            listener.wouldWrite(task.name(), planner.relative(rendition.target()));
        }
    }
}
