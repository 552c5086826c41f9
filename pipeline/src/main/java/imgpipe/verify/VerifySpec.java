package imgpipe.verify;

import imgpipe.shard.Limits;
import java.nio.file.Path;
import java.util.Set;

/**
 * What is verified, and how.
 *
 * @param output the output folder, without links
 * @param ledger that names what is in it
 * @param notJudged files and folders in it that are nobody's output and not foreign: the job
 *     folder, a manifest, in place the sources; without links
 * @param threads that read files, at least 1
 * @param limits for decoding
 * @param temporary existing folder for workers, who write nothing
 */
public record VerifySpec(
        Path output, Path ledger, Set<Path> notJudged, int threads, Limits limits, Path temporary) {
    public VerifySpec {
        notJudged = Set.copyOf(notJudged);
    }
}
