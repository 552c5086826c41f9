package imgpipe.job;

import imgpipe.ledger.Hash;
import imgpipe.ledger.LedgerEntry;
import imgpipe.shard.FailureKind;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Of all that an input lists, what an earlier run has failed to do. */
final class UnfinishedScan implements Scan {
    private final Scan all;
    private final Input.Unfinished unfinished;

    /**
     * A scan that has not begun.
     *
     * @param all closed with this
     */
    UnfinishedScan(Scan all, Input.Unfinished unfinished) {
        this.all = all;
        this.unfinished = unfinished;
    }

    @Override
    public void scan(ScanListener listener) throws IOException, JobException, InterruptedException {
        Set<Long> names = names();
        all.scan(
                new ScanListener() {
                    @Override
                    public void candidate(Candidate candidate) {
                        if (names.contains(Hash.of(candidate.name()))) {
                            listener.candidate(candidate);
                        }
                    }

                    @Override
                    public void failed(String name, FailureKind kind, String sentence) {}

                    @Override
                    public void ignored() {}
                });
    }

    private Set<Long> names() throws IOException {
        Set<Long> names = new HashSet<>();
        try (UnfinishedNames ledger = UnfinishedNames.open(unfinished.ledger())) {
            for (LedgerEntry entry = ledger.next(); entry != null; entry = ledger.next()) {
                if (unfinished.kinds().isEmpty()
                        || unfinished.kinds().contains(String.valueOf(entry.kind()))) {
                    names.add(Hash.of(entry.name()));
                }
            }
        }
        return names;
    }

    /** Not even where all are searched for: the rest is not gone. */
    @Override
    public boolean searches() {
        return false;
    }

    @Override
    public void close() throws IOException {
        all.close();
    }
}
