package imgpipe.protocol;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.util.List;

/** One of each message. */
final class Samples {
    static final Task TASK =
            new Task(
                    7,
                    "a%20b.jpg",
                    "/in/a%20b.jpg",
                    1000,
                    -1,
                    List.of(new Rendition("/o", "jpeg")));

    static final List<Command> COMMANDS =
            List.of(
                    new Command.RunShard(
                            1,
                            new Shard(
                                    2,
                                    "/t/",
                                    new Limits(3, 4, 5, true, false, 6, 7),
                                    List.of(TASK))),
                    new Command.Cancel(0x0102030405060708L),
                    new Command.Shutdown());

    static final List<Event> EVENTS =
            List.of(
                    new Event.Hello(2, 4321, 2),
                    new Event.NextShard(),
                    new Event.TaskStarted(1, 7),
                    new Event.TaskFinished(
                            1,
                            new Outcome.Done(
                                    7,
                                    List.of(new Written(10, 0xFFFFFFFFL, 800, 600)),
                                    480_000,
                                    List.of("größer"))),
                    new Event.TaskFinished(
                            1, new Outcome.Failed(7, FailureKind.CORRUPT, "a.jpg", "bad")),
                    new Event.TaskFinished(
                            1, new Outcome.Quarantined(7, FailureKind.CRASH, "a.jpg", "bad")),
                    new Event.TaskDeferred(1, 7, new Footprint(258, 3)),
                    new Event.ShardFinished(1),
                    new Event.Bye());

    private Samples() {}
}
