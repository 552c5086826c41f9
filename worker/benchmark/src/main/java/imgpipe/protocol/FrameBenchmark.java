package imgpipe.protocol;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What both ends of a pipe spend on messages, without the pipe. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int TASKS = 16;

    private final Command command = new Command.RunShard(3, shard());
    private final Event event =
            new Event.TaskFinished(
                    3,
                    new Outcome.Done(
                            7, List.of(new Written(81_234, 99, 800, 600)), 12_000_000, List.of()));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] commandBytes = bytes(command);
    private final byte[] eventBytes = bytes(event);

    /** A shard of 16 pictures. */
    @Benchmark
    public int writeShard() throws IOException {
        out.reset();
        Commands.write(out, command);
        return out.size();
    }

    /** A shard of 16 pictures. */
    @Benchmark
    public @Nullable Command readShard() throws IOException {
        return Commands.read(new ByteArrayInputStream(commandBytes));
    }

    /** The outcome of one picture. */
    @Benchmark
    public int writeOutcome() throws IOException {
        out.reset();
        Events.write(out, event);
        return out.size();
    }

    /** The outcome of one picture. */
    @Benchmark
    public @Nullable Event readOutcome() throws IOException {
        return Events.read(new ByteArrayInputStream(eventBytes));
    }

    private static Shard shard() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            String name = "holidays/2019/sea/IMG_20190714_%06d.jpg".formatted(i);
            tasks.add(
                    new Task(
                            i,
                            name,
                            "/home/someone/pictures/" + name,
                            4_000_000 + i,
                            1_563_100_000_000_000_000L + i,
                            List.of(
                                    new Rendition(
                                            "/home/someone/web/" + name,
                                            "orient | resize 800x800 inside centre lanczos3 |"
                                                    + " color srgb | jpeg q=80 chroma=420"))));
        }
        return new Shard(3, "/home/someone/web/.imgpipe/tmp/w0", Limits.DEFAULT, tasks);
    }

    private static byte[] bytes(Command command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Commands.write(bytes, command);
        } catch (IOException e) {
            throw new AssertionError("memory has no faults", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Events.write(bytes, event);
        } catch (IOException e) {
            throw new AssertionError("memory has no faults", e);
        }
        return bytes.toByteArray();
    }
}
