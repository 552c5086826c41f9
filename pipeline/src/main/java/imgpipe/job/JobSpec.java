package imgpipe.job;

import imgpipe.shard.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do. Whoever makes one has checked every option; nothing here is as it was typed.
 *
 * @param verb the verb as typed, for the record
 * @param arguments what asks for the same pictures from any folder, for the record: the verb,
 *     options, {@code --}, and a recipe if the verb takes one
 * @param input where the pictures are
 * @param output folder for the results
 * @param renditions what is made of every picture, at least one output
 * @param name template of output names relative to the output, see {@link NameTemplate}
 * @param overwrite what to do where an output is there already
 * @param allFiles whether files without a picture extension are tried too
 * @param inPlace whether the output may be the input, or lie in it or around it
 * @param dryRun whether only the plan is made
 * @param limits what one picture may cost
 * @param engine what runs the shards
 * @param workers pictures worked on at the same time, at least 1
 * @param transfers threads for I/O, at least 1
 * @param retries further attempts at I/O that failed, 0 or more
 * @param timeout for one picture in a worker
 * @param workerMemory bytes that a worker may take in all, or 0 for its share of the machine's
 * @param sandbox whether worker processes are confined where the kernel can do that
 * @param bounds what ends the run early
 * @param jobFolder where ledger, logs and reports go; usually {@code OUTPUT/.imgpipe}
 * @param manifest file that will name all outputs, or null for none
 */
public record JobSpec(
        String verb,
        List<String> arguments,
        Input input,
        Path output,
        List<RenditionSpec> renditions,
        NameTemplate name,
        Overwrite overwrite,
        boolean allFiles,
        boolean inPlace,
        boolean dryRun,
        Limits limits,
        EngineKind engine,
        int workers,
        int transfers,
        int retries,
        Duration timeout,
        long workerMemory,
        boolean sandbox,
        Bounds bounds,
        Path jobFolder,
        @Nullable Path manifest) {
    public JobSpec {
        arguments = List.copyOf(arguments);
        renditions = List.copyOf(renditions);
        if (renditions.isEmpty()) {
            throw new IllegalArgumentException("a run that makes nothing");
        }
    }

    /** The same work for the pictures of an earlier run that failed, whatever made them fail. */
    public JobSpec retrying(Input.Unfinished unfinished) {
        return new JobSpec(
                "retry",
                arguments,
                unfinished,
                output,
                renditions,
                name,
                // What has failed is not up to date, unless a run was killed that had made it.
                overwrite == Overwrite.NEVER ? overwrite : Overwrite.CHANGED,
                allFiles,
                inPlace,
                dryRun,
                limits,
                engine,
                workers,
                transfers,
                retries,
                timeout,
                workerMemory,
                sandbox,
                bounds,
                jobFolder,
                null);
    }

    /** The same work by another engine, with its logs elsewhere. */
    public JobSpec with(EngineKind engine, int workers, Path jobFolder) {
        return new JobSpec(
                verb,
                arguments,
                input,
                output,
                renditions,
                name,
                overwrite,
                allFiles,
                inPlace,
                dryRun,
                limits,
                engine,
                workers,
                transfers,
                retries,
                timeout,
                workerMemory,
                sandbox,
                bounds,
                jobFolder,
                manifest);
    }
}
