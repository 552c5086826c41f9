package imgpipe.cli;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.report.Units;
import imgpipe.shard.Footprint;

/** A plan for memory in one line. */
final class PlanText {
    private PlanText() {}

    static String of(MemoryPlan plan) {
        Footprint picture = plan.budget(plan.workers()).own();
        return "%s of %s (a picture may take %s of Java heap and %s beside it), %s for the"
                        .formatted(
                                Units.counted(plan.workers(), "worker"),
                                Units.bytes(plan.share(plan.workers())),
                                Units.bytes(picture.heap()),
                                Units.bytes(picture.offHeap()),
                                Units.bytes(plan.coordinator()))
                + " coordinator, %s for cached files, of %s"
                        .formatted(Units.bytes(plan.pageCache()), Units.bytes(plan.machine()));
    }
}
