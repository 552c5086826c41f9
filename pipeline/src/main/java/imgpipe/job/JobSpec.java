package imgpipe.job;

import imgpipe.shard.Limits;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.TransferSettings;
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
 * @param output folder for the results; with an address, for what is kept of the run here
 * @param address store for the results, ending in a slash, or null for the folder
 * @param tarSamples pictures in each of the numbered tar files that results go into, or 0 for a
 *     file a result
 * @param renditions what is made of every picture, at least one output
 * @param name template of output names relative to the output, see {@link NameTemplate}
 * @param overwrite what to do where an output is there already
 * @param allFiles whether files without a picture extension are tried too
 * @param inPlace whether the output may be the input, or lie in it or around it
 * @param dryRun whether only the plan is made
 * @param limits what one picture may cost
 * @param engine what runs the shards
 * @param workers pictures worked on at the same time, at least 1
 * @param network how stores are dealt with, and how many threads there are for I/O
 * @param spoolBytes that may wait on this machine's disk when they are fetched, and as many to be
 *     sent
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
        @Nullable String address,
        int tarSamples,
        List<RenditionSpec> renditions,
        NameTemplate name,
        Overwrite overwrite,
        boolean allFiles,
        boolean inPlace,
        boolean dryRun,
        Limits limits,
        EngineKind engine,
        int workers,
        TransferSettings network,
        long spoolBytes,
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

    /** What targets begin with: of a store its address, of a folder its percent-encoded path. */
    String targetRoot(Path outputRoot) {
        return address == null ? Planner.uri(outputRoot) : address;
    }

    /** Where results go, for people. */
    public String destination() {
        return address == null ? output.toString() : Addresses.readable(address);
    }

    /** The same work for the pictures of an earlier run that failed, whatever made them fail. */
    public JobSpec retrying(Input.Unfinished unfinished) {
        return new JobSpec(
                "retry",
                arguments,
                unfinished,
                output,
                address,
                tarSamples,
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
                network,
                spoolBytes,
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
                address,
                tarSamples,
                renditions,
                name,
                overwrite,
                allFiles,
                inPlace,
                dryRun,
                limits,
                engine,
                workers,
                network,
                spoolBytes,
                timeout,
                workerMemory,
                sandbox,
                bounds,
                jobFolder,
                manifest);
    }
}
