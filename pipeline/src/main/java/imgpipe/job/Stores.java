package imgpipe.job;

import imgpipe.ledger.OutputTable;
import imgpipe.transfer.Destination;
import imgpipe.transfer.archive.ArchiveStore;
import imgpipe.transfer.archive.TarDestination;
import imgpipe.transfer.archive.TarShards;
import imgpipe.transfer.http.HttpStore;
import imgpipe.transfer.s3.S3Address;
import imgpipe.transfer.s3.S3Store;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens stores: the only class here that sees their kinds. */
final class Stores {
    private Stores() {}

    /** The store that the pictures of an input are fetched from. */
    static Store of(Input.Fetched input, TransferSettings settings) throws StoreException {
        return switch (input) {
            case Input.Bucket bucket -> of(bucket.address(), settings);
            case Input.Archive archive -> ArchiveStore.open(archive.file());
            case Input.Address _, Input.Addresses _ -> new AddressStore(settings);
        };
    }

    /**
     * The store at an address.
     *
     * @param root see {@link S3Store} and {@link HttpStore}
     */
    static Store of(String root, TransferSettings settings) throws StoreException {
        return Addresses.scheme(root).orElse("").equals("s3")
                ? new S3Store(root, settings)
                : new HttpStore(root, settings);
    }

    /** The address of a folder in a store, in the one way in which it is written. */
    static String folder(String address) {
        return Addresses.scheme(address).orElse("").equals("s3")
                ? S3Address.parse(address).folder().toString()
                : address;
    }

    /** Numbered tars in the folder of a run. */
    static Destination tars(JobSpec spec, OutputFolder output) throws IOException {
        return new TarDestination(
                output.root(), Planner.uri(output.root()), output.temporary(), spec.tarSamples());
    }

    /** The outputs in the numbered tars of a folder, which need not be there. */
    static OutputTable inTars(Path folder) throws IOException {
        OutputTable table = new OutputTable();
        if (Files.isDirectory(folder)) {
            TarShards.members(
                    folder, (tar, name, bytes) -> table.put(name, bytes, TarShards.MODIFIED));
        }
        return table;
    }
}
