package imgpipe.job;

import imgpipe.ledger.LedgerIndex;
import imgpipe.ledger.OutputTable;
import imgpipe.listing.SafeName;
import imgpipe.transfer.Destination;
import imgpipe.transfer.FolderDestination;
import imgpipe.transfer.Retries;
import imgpipe.transfer.StoreDestination;
import imgpipe.transfer.StoreListing;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.Validators;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where results go, and what is there already.
 *
 * @param spec of the run
 * @param root what targets begin with
 * @param outputs what is there
 * @param destination publishes; closed by whoever uses it
 * @param foldsNames whether two names that differ in case are one there
 */
record Target(
        JobSpec spec, String root, Outputs outputs, Destination destination, boolean foldsNames)
        implements AutoCloseable {
    /** That of a run which has the folder. */
    static Target of(JobSpec spec, OutputFolder output, Retries retries)
            throws IOException, InterruptedException {
        String address = spec.address();
        if (address != null) {
            return store(spec, address, retries);
        }
        if (spec.tarSamples() > 0) {
            return new Target(
                    spec,
                    Planner.uri(output.root()),
                    Stores.inTars(output.root())::find,
                    Stores.tars(spec, output),
                    false);
        }
        return folder(spec, output.root(), NameFolding.isFoundIn(output.temporary()));
    }

    /** That of a run that writes nothing, where the folder may not be there. */
    static Target rehearsing(JobSpec spec, Path output, Retries retries)
            throws IOException, InterruptedException {
        String address = spec.address();
        if (address != null) {
            return store(spec, address, retries);
        }
        Target folder = folder(spec, output, NameFolding.isLikelyIn(output));
        return spec.tarSamples() == 0
                ? folder
                : new Target(
                        spec,
                        folder.root(),
                        Stores.inTars(output)::find,
                        folder.destination(),
                        false);
    }

    private static Target folder(JobSpec spec, Path root, boolean foldsNames) {
        String uri = Planner.uri(root);
        return new Target(
                spec, uri, new FolderOutputs(uri), new FolderDestination(root), foldsNames);
    }

    private static Target store(JobSpec spec, String address, Retries retries)
            throws IOException, InterruptedException {
        Store store = Stores.of(address, spec.network());
        try {
            OutputTable table = table(spec, address, store, retries);
            return new Target(
                    spec,
                    address,
                    table::find,
                    new StoreDestination(
                            store, address, spec.overwrite() == Overwrite.NEVER, retries),
                    false);
        } catch (IOException | InterruptedException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** What a listing shows or, where there is none, what the ledger says was written last. */
    private static OutputTable table(JobSpec spec, String address, Store store, Retries retries)
            throws IOException, InterruptedException {
        OutputTable table = new OutputTable();
        try {
            StoreListing.read(
                    store,
                    Addresses.host(address),
                    retries,
                    object -> {
                        if (SafeName.of(object.key()) instanceof SafeName.Named named) {
                            table.put(
                                    named.name(),
                                    object.bytes(),
                                    Validators.stamp(object.validator()));
                        }
                        return true;
                    });
            return table;
        } catch (UnsupportedOperationException e) {
            return OutputTable.of(Job.ledgerFile(spec.jobFolder()));
        } catch (StoreException e) {
            throw new StoreException(
                    e.fault(),
                    // Which says where.
                    "OUT cannot be listed: " + e.sentence(),
                    e);
        }
    }

    /** Plans for this target. */
    Planner planner(LedgerIndex ledger) {
        return new Planner(spec, root, outputs, ledger, foldsNames);
    }

    @Override
    public void close() {
        destination.close();
    }
}
