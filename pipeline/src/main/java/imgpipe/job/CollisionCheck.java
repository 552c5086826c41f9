package imgpipe.job;

import imgpipe.job.JobException.Reason;
import imgpipe.ledger.Hash;
import imgpipe.ledger.LastWords;
import imgpipe.ledger.OutputOwners;
import imgpipe.shard.FailureKind;
import imgpipe.transfer.store.Addresses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a plan in which two sources have one output, or one source's output is another source. If
 * only some sources are listed, the ledger says what outputs the others have.
 */
final class CollisionCheck implements AutoCloseable {
    /** Hashes held in memory: 8 MiB. */
    private static final int HASHES_IN_MEMORY = 1 << 20;

    /** Far more than meet by chance, so that those of equal names are among them. */
    private static final int MOST_COLLISIONS = 1000;

    private final Planner planner;
    private final Collisions hashes;
    private final @Nullable OutputOwners others;
    private final @Nullable Path archive;
    private @Nullable String replacement;

    /** A check of a listing that names every source. */
    CollisionCheck(Planner planner, Path folder) {
        this(planner, folder, null, null);
    }

    private CollisionCheck(
            Planner planner, Path folder, @Nullable OutputOwners others, @Nullable Path archive) {
        this.planner = planner;
        this.others = others;
        this.archive = archive;
        hashes = new Collisions(folder, HASHES_IN_MEMORY);
    }

    /**
     * A check of the listing of a run. Whose outputs are there already matters where it does not
     * name all sources.
     *
     * @param folder for what does not fit into memory
     */
    static CollisionCheck of(JobSpec spec, Planner planner, Path folder, BooleanSupplier stopped)
            throws IOException {
        if (!(spec.input() instanceof Input.Unfinished unfinished)) {
            return new CollisionCheck(
                    planner,
                    folder,
                    null,
                    spec.input() instanceof Input.Archive(Path file) ? file : null);
        }
        try (LastWords words = LastWords.open(unfinished.ledger())) {
            return new CollisionCheck(
                    planner, folder, OutputOwners.read(words, planner::isThere, stopped), null);
        }
    }

    void add(Candidate candidate) throws IOException {
        List<String> targets = planner.targets(candidate);
        for (String target : targets) {
            if (replacement == null && planner.replacesFetched(candidate, target)) {
                replacement =
                        Addresses.readable(target)
                                + " would be read and written over; choose another OUT or name";
            }
            hashes.add(Hash.of(planner.key(target)));
            if (others != null
                    && replacement == null
                    && others.isOwnedByAnother(planner.relative(target), candidate.name())
                    && planner.isThere(target)) {
                replacement =
                        ReadableName.decode(candidate.name())
                                + " would replace "
                                + ReadableName.decode(planner.relative(target))
                                + ", which was made of another picture; rename one, or give the"
                                + " command of that run with --name '{dir}{stem}-{srcext}.{ext}'";
            }
        }
        if (isThreatened(candidate, targets)) {
            hashes.add(Hash.of(planner.key(candidate.source())));
        }
    }

    /** Whether the output of another could replace this source, which no output of its own does. */
    private boolean isThreatened(Candidate candidate, List<String> targets) {
        return planner.liesInOutput(candidate)
                && targets.stream()
                        .map(planner::key)
                        .noneMatch(planner.key(candidate.source())::equals);
    }

    /** Scans again where hashes have met, this time to compare names. */
    void require(Scan scanner) throws IOException, JobException, InterruptedException {
        if (replacement != null) {
            throw new JobException(Reason.USAGE, replacement);
        }
        Set<Long> twice = hashes.twice(MOST_COLLISIONS);
        if (twice.isEmpty()) {
            return;
        }
        Map<String, Claim> claims = new HashMap<>();
        String[] collision = new String[1];
        scanner.scan(
                new ScanListener() {
                    @Override
                    public void candidate(Candidate candidate) {
                        if (scanner.searches() && planner.isOwnResult(candidate)) {
                            return;
                        }
                        List<String> targets = planner.targets(candidate);
                        for (String target : targets) {
                            meet(new Claim(candidate.name(), candidate.source(), false), target);
                        }
                        if (isThreatened(candidate, targets)) {
                            meet(
                                    new Claim(candidate.name(), candidate.source(), true),
                                    candidate.source());
                        }
                    }

                    private void meet(Claim claim, String path) {
                        String key = planner.key(path);
                        if (collision[0] == null && twice.contains(Hash.of(key))) {
                            Claim other = claims.putIfAbsent(key, claim);
                            if (other != null) {
                                collision[0] = sentence(other, claim, planner.relative(path));
                            }
                        }
                    }

                    @Override
                    public void failed(String name, FailureKind kind, String sentence) {}

                    @Override
                    public void ignored() {}
                });
        if (collision[0] != null) {
            throw new JobException(Reason.USAGE, collision[0]);
        }
    }

    /** Who has a path: as the source that lies there, or as the one that would be written there. */
    private record Claim(String name, String source, boolean lies) {}

    private String sentence(Claim one, Claim other, String target) {
        String a = ReadableName.decode(one.name());
        String b = ReadableName.decode(other.name());
        if (one.name().equals(other.name())
                && !one.source().equals(other.source())
                && Addresses.scheme(one.source()).isPresent()) {
            return Addresses.readable(one.source())
                    + " and "
                    + Addresses.readable(other.source())
                    + " would both be named "
                    + a
                    + "; give one of them another name in the list, in a --name-column";
        }
        if (one.name().equals(other.name())) {
            return archive == null
                    ? a + " is listed twice; list each picture once"
                    : a
                            + " is in "
                            + archive
                            + " twice, and one output would replace the other; unpack it into a"
                            + " folder, where the later one stays, and name that as IN";
        }
        if (one.lies() || other.lies()) {
            return "the output of "
                    + (one.lies() ? b : a)
                    + " would replace "
                    + (one.lies() ? a : b)
                    + ", which is to be read too; choose other names with --name";
        }
        return a
                + " and "
                + b
                + " would both become "
                + ReadableName.decode(target)
                + "; rename one, or tell their outputs apart with --name"
                + " '{dir}{stem}-{srcext}.{ext}'";
    }

    @Override
    public void close() throws IOException {
        hashes.close();
    }
}
