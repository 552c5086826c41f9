package imgpipe.job;

import imgpipe.job.JobException.Reason;
import imgpipe.transfer.Retries;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where the pictures of a run come from: in the file system, or in a store. */
sealed interface Sources extends AutoCloseable {
    /** Opens the input of a run. */
    static Sources open(JobSpec spec, Retries retries, BooleanSupplier stopped)
            throws JobException, StoreException {
        Input.Fetched fetched = spec.input().fetched();
        if (fetched == null) {
            return new Local(new SourceScanner(spec.input(), spec.allFiles(), stopped));
        }
        Store store = Stores.of(fetched, spec.network());
        Scan all = new StoreScan(fetched, store, retries, spec.allFiles(), stopped);
        Scan scan =
                spec.input() instanceof Input.Unfinished unfinished
                        ? new UnfinishedScan(all, unfinished)
                        : all;
        return new Remote(fetched, scan, store, retries);
    }

    /** Lists them. */
    Scan scan();

    /** The folder that names are relative to, without links, or null if it is none. */
    @Nullable Path root();

    /** Refuses an output that is the input. */
    void requireApart(JobSpec spec) throws JobException;

    /**
     * Brings them near to workers; closed by whoever asks.
     *
     * @param moved is told when bytes come
     */
    Supply supply(
            JobSpec spec, OutputFolder output, Planner planner, Recorder recorder, Runnable moved)
            throws IOException;

    @Override
    void close() throws IOException;

    /** Files that workers open where they are. */
    record Local(SourceScanner scan) implements Sources {
        @Override
        public Path root() {
            return scan.root();
        }

        @Override
        public void requireApart(JobSpec spec) throws JobException {
            if (!spec.inPlace() && spec.address() == null) {
                OutputFolder.requireApart(scan.root(), scan.searches(), spec.output());
            }
        }

        @Override
        public Supply supply(
                JobSpec spec,
                OutputFolder output,
                Planner planner,
                Recorder recorder,
                Runnable moved) {
            return new LocalSupply(spec, scan.root(), output.pictures(), recorder);
        }

        @Override
        public void close() throws IOException {
            scan.close();
        }
    }

    /** Objects that are fetched first. */
    record Remote(Input.Fetched input, Scan scan, Store store, Retries retries) implements Sources {
        @Override
        public @Nullable Path root() {
            return null;
        }

        @Override
        public void requireApart(JobSpec spec) throws JobException {
            String address = spec.address();
            if (address == null || !(input instanceof Input.Bucket bucket)) {
                return;
            }
            String in = Stores.folder(bucket.address());
            String out = Stores.folder(address);
            if (in.startsWith(out) || out.startsWith(in)) {
                throw new JobException(
                        Reason.USAGE,
                        "the output "
                                + Addresses.readable(address)
                                + " and the input "
                                + Addresses.readable(bucket.address())
                                + " lie inside each other; choose another prefix");
            }
        }

        @Override
        public Supply supply(
                JobSpec spec,
                OutputFolder output,
                Planner planner,
                Recorder recorder,
                Runnable moved)
                throws IOException {
            return new FetchedSupply(
                    spec,
                    store,
                    retries,
                    output.temporary(),
                    output.pictures(),
                    recorder,
                    scan.searches()
                            ? null
                            : new EarlierWork(spec, planner, Job.ledgerFile(spec.jobFolder())),
                    moved);
        }

        @Override
        public void close() throws IOException {
            try (store) {
                scan.close();
            }
        }
    }
}
