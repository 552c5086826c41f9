package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.job.JobException.Reason;
import imgpipe.listing.AddressList;
import imgpipe.listing.AddressName;
import imgpipe.listing.Columns;
import imgpipe.listing.ListException;
import imgpipe.listing.PercentCode;
import imgpipe.listing.SafeName;
import imgpipe.shard.FailureKind;
import imgpipe.transfer.Retries;
import imgpipe.transfer.StoreListing;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.Validators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists the pictures of an input that they are fetched from. */
final class StoreScan implements Scan {
    /** A segment that begins with a dot and does not only lead about. */
    private static final Pattern HIDDEN = Pattern.compile("(^|/)\\.(?!\\.?(/|$))");

    private final Input.Fetched input;
    private final Store store;
    private final Retries retries;
    private final boolean allFiles;
    private final BooleanSupplier stopped;
    private final @Nullable AddressList list;

    /**
     * A scan that has not begun.
     *
     * @param store of the input; not closed here
     * @param allFiles whether objects without a picture extension are candidates
     * @param stopped asked before each object; true ends the scan
     */
    StoreScan(
            Input.Fetched input,
            Store store,
            Retries retries,
            boolean allFiles,
            BooleanSupplier stopped) {
        this.input = input;
        this.store = store;
        this.retries = retries;
        this.allFiles = allFiles;
        this.stopped = stopped;
        list =
                input instanceof Input.Addresses addresses
                        ? new AddressList(
                                addresses.list(),
                                Columns.of(addresses.addressColumn(), addresses.nameColumn()))
                        : null;
    }

    @Override
    public boolean searches() {
        return input instanceof Input.Bucket || input instanceof Input.Archive;
    }

    @Override
    public void scan(ScanListener listener) throws IOException, JobException, InterruptedException {
        switch (input) {
            case Input.Bucket bucket -> list(bucket.address(), listener);
            case Input.Archive archive -> list(archive.file().toString(), listener);
            case Input.Address single -> {
                switch (AddressName.of(single.address())) {
                    // Like a single file, it goes right into the output.
                    case SafeName.Named(String name) ->
                            listener.candidate(
                                    new Candidate(
                                            name.substring(name.lastIndexOf('/') + 1),
                                            single.address(),
                                            -1,
                                            0));
                    case SafeName.Refused refused ->
                            throw new JobException(
                                    Reason.USAGE,
                                    "IN "
                                            + Addresses.readable(single.address())
                                            + ": "
                                            + refused.sentence());
                }
            }
            case Input.Addresses _ -> addresses(listener);
        }
    }

    private void list(String where, ScanListener listener)
            throws JobException, InterruptedException {
        try {
            StoreListing.read(
                    store,
                    Addresses.host(where),
                    retries,
                    object -> {
                        look(object, listener);
                        return !stopped.getAsBoolean();
                    });
        } catch (StoreException e) {
            throw new JobException(
                    Reason.FAILED,
                    // Which says where.
                    "IN cannot be listed: " + e.sentence(),
                    e);
        }
    }

    private void look(StoredObject object, ScanListener listener) {
        if (isHidden(object.key()) || !(allFiles || hasPictureExtension(object.key()))) {
            listener.ignored();
            return;
        }
        switch (SafeName.of(object.key())) {
            case SafeName.Named named ->
                    listener.candidate(
                            new Candidate(
                                    named.name(),
                                    object.address(),
                                    object.bytes(),
                                    Validators.stamp(object.validator())));
            case SafeName.Refused refused ->
                    listener.failed(name(object.key()), FailureKind.READ, refused.sentence());
        }
    }

    private void addresses(ScanListener listener) throws IOException, JobException {
        AddressList addresses = list;
        if (addresses == null) {
            throw new IllegalStateException("no list");
        }
        try {
            addresses.read(
                    new AddressList.Consumer() {
                        @Override
                        public boolean accept(AddressList.Entry entry) {
                            listener.candidate(new Candidate(entry.name(), entry.address(), -1, 0));
                            return !stopped.getAsBoolean();
                        }

                        @Override
                        public void refused(long line, String sentence) {
                            listener.failed(
                                    name(addresses.title() + ":" + line),
                                    FailureKind.READ,
                                    sentence);
                        }
                    });
        } catch (ListException e) {
            throw new JobException(Reason.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** A name for messages, in the form of others. */
    private static String name(String text) {
        return PercentCode.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isHidden(String key) {
        return HIDDEN.matcher(key).find();
    }

    private static boolean hasPictureExtension(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 && ImageFormat.ofExtension(name.substring(dot + 1)).isPresent();
    }

    @Override
    public void close() throws IOException {
        if (list != null) {
            list.close();
        }
    }
}
