package imgpipe.job;

import imgpipe.job.JobException.Reason;
import imgpipe.shard.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Refuses a plan in which two sources have one output. */
final class CollisionCheck implements AutoCloseable {
    /** Hashes held in memory: 8 MiB. */
    private static final int HASHES_IN_MEMORY = 1 << 20;

    private static final int MOST_COLLISIONS = 1000;

    private final Planner planner;
    private final Collisions hashes;

    CollisionCheck(Planner planner, Path folder) {
        this.planner = planner;
        hashes = new Collisions(folder, HASHES_IN_MEMORY);
    }

    void add(Candidate candidate) throws IOException {
        hashes.add(hash(planner.key(planner.target(candidate))));
    }

    private static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        // 31 is weak in the high bits only for short texts; equal hashes are compared by name
        // anyway.
        return hash;
    }

    /** Scans again where hashes have met, this time to compare names. */
    void require(SourceScanner scanner) throws IOException, JobException {
        Set<Long> twice = hashes.twice(MOST_COLLISIONS);
        if (twice.isEmpty()) {
            return;
        }
        Map<String, String> sources = new HashMap<>();
        String[] collision = new String[1];
        scanner.scan(
                new ScanListener() {
                    @Override
                    public void candidate(Candidate candidate) {
                        String target = planner.target(candidate);
                        String key = planner.key(target);
                        if (collision[0] == null && twice.contains(hash(key))) {
                            String other = sources.putIfAbsent(key, candidate.name());
                            if (other != null) {
                                collision[0] =
                                        sentence(other, candidate.name(), planner.relative(target));
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

    private static String sentence(String one, String other, String target) {
        String a = ReadableName.decode(one);
        return one.equals(other)
                ? a + " is listed twice; list each picture once"
                : a
                        + " and "
                        + ReadableName.decode(other)
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
