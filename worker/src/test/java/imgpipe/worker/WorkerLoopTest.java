package imgpipe.worker;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.engine.TaskEngine;
import imgpipe.protocol.Command;
import imgpipe.protocol.Commands;
import imgpipe.protocol.Event;
import imgpipe.protocol.Events;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkerLoopTest {
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final AtomicLong bytesRead = new AtomicLong();
    private long sent;
    private OutputStream commands;
    private InputStream events;
    private InputStream workerIn;
    private OutputStream workerOut;
    private Thread worker = Thread.currentThread();

    @BeforeEach
    void makePipes() throws IOException {
        Pipe down = Pipe.open();
        Pipe up = Pipe.open();
        commands = Channels.newOutputStream(down.sink());
        workerIn =
                new FilterInputStream(Channels.newInputStream(down.source())) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int n = super.read(bytes, offset, length);
                        bytesRead.addAndGet(n);
                        return n;
                    }
                };
        events = Channels.newInputStream(up.source());
        workerOut = Channels.newOutputStream(up.sink());
    }

    @AfterEach
    void closePipes() throws IOException, InterruptedException {
        commands.close();
        if (!worker.equals(Thread.currentThread())) {
            // Once is not enough: a task in hand may swallow it.
            while (worker.isAlive()) {
                worker.interrupt();
                worker.join(100);
            }
        }
        events.close();
    }

    @Test
    void doesTheTasksOfAShardInOrder() throws IOException, InterruptedException {
        start((task, limits, folder) -> done(task, folder));
        expect(new Event.Hello(Events.VERSION, 99, 3));
        expect(new Event.NextShard());
        send(new Command.RunShard(11, shard(5, 6)));
        for (long task : new long[] {5, 6}) {
            expect(new Event.TaskStarted(11, task));
            expect(
                    new Event.TaskFinished(
                            11, new Outcome.Done(task, List.of(), 1, List.of("/tmp/ü/"))));
        }
        expect(new Event.ShardFinished(11));
        expect(new Event.NextShard());
        send(new Command.Shutdown());
        expect(new Event.Bye());
        worker.join();
    }

    @Test
    void finishesThePictureInHandWhenCancelled() throws IOException {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(
                (task, limits, folder) -> {
                    inHand.countDown();
                    awaitForSure(goOn);
                    return failed(task);
                });
        greet();
        send(new Command.RunShard(1, shard(0, 1, 2)));
        expect(new Event.TaskStarted(1, 0));
        awaitForSure(inHand);
        send(new Command.Cancel(1));
        long untilCancel = sent;
        send(new Command.RunShard(2, shard(3)));
        // Once the second shard's bytes are being read, the cancel before them has been heard.
        while (bytesRead.get() <= untilCancel) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        expect(new Event.TaskFinished(1, failed(task(0))));
        expect(new Event.ShardFinished(1));
        expect(new Event.NextShard());
        expect(new Event.TaskStarted(2, 3));
    }

    @Test
    void ignoresACancelThatComesTooLate() throws IOException {
        start((task, limits, folder) -> failed(task));
        greet();
        send(new Command.Cancel(1));
        send(new Command.RunShard(2, shard(3)));
        expect(new Event.TaskStarted(2, 3));
    }

    @Test
    void isAbandonedAtOnceWhenCommandsEndThoughAPictureIsInHand() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        start(
                (task, limits, folder) -> {
                    awaitForSure(never);
                    return failed(task);
                });
        greet();
        send(new Command.RunShard(1, shard(0)));
        expect(new Event.TaskStarted(1, 0));
        commands.close();
        assertThat(abandoned.await(5, TimeUnit.SECONDS)).isTrue();
        never.countDown();
    }

    @Test
    void isAbandonedWhenCommandsMakeNoSense() throws Exception {
        start((task, limits, folder) -> failed(task));
        greet();
        commands.write("nonsense".getBytes(StandardCharsets.US_ASCII));
        commands.close();
        assertThat(abandoned.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void retiresAfterAnErrorInATask() throws IOException, InterruptedException {
        for (Error error : List.of(new OutOfMemoryError("x"), new StackOverflowError())) {
            makePipes();
            start(
                    (task, limits, folder) -> {
                        throw error;
                    });
            greet();
            send(new Command.RunShard(1, shard(0, 1)));
            expect(new Event.TaskStarted(1, 0));
            assertThat(Events.read(events))
                    .isInstanceOfSatisfying(
                            Event.TaskFinished.class,
                            finished ->
                                    assertThat(((Outcome.Failed) finished.outcome()).kind())
                                            .isEqualTo(
                                                    error instanceof OutOfMemoryError
                                                            ? FailureKind.MEMORY
                                                            : FailureKind.INTERNAL));
            expect(new Event.ShardFinished(1));
            expect(new Event.Bye());
            worker.join();
        }
    }

    @Test
    void goesOnAfterAnExceptionInATask() throws IOException {
        start(
                (task, limits, folder) -> {
                    throw new IllegalStateException("x".repeat(3_000_000));
                });
        greet();
        send(new Command.RunShard(1, shard(0, 1)));
        for (int task = 0; task < 2; task++) {
            expect(new Event.TaskStarted(1, task));
            assertThat(Events.read(events)).isInstanceOf(Event.TaskFinished.class);
        }
        expect(new Event.ShardFinished(1));
        expect(new Event.NextShard());
    }

    private void start(TaskEngine engine) {
        WorkerLoop loop = new WorkerLoop(workerIn, workerOut, engine, abandoned::countDown);
        worker =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        loop.run(99, 3);
                                    } catch (IOException | InterruptedException e) {
                                        // The test is over.
                                        return;
                                    }
                                });
    }

    private void greet() throws IOException {
        expect(new Event.Hello(Events.VERSION, 99, 3));
        expect(new Event.NextShard());
    }

    private void send(Command command) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Commands.write(bytes, command);
        sent += bytes.size();
        commands.write(bytes.toByteArray());
    }

    private void expect(Event event) throws IOException {
        assertThat(Events.read(events)).isEqualTo(event);
    }

    private static void awaitForSure(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome done(Task task, Path folder) {
        return new Outcome.Done(task.id(), List.of(), 1, List.of(folder + "/"));
    }

    private static Outcome failed(Task task) {
        return new Outcome.Failed(task.id(), FailureKind.CORRUPT, task.name(), "bad");
    }

    private static Shard shard(long... tasks) {
        return new Shard(
                1,
                "/tmp/%C3%BC/",
                Limits.DEFAULT,
                LongStream.of(tasks).mapToObj(WorkerLoopTest::task).toList());
    }

    private static Task task(long id) {
        return new Task(id, "n", "/s", 1, 1, List.of(new Rendition("/t", "jpeg")));
    }
}
