package imgpipe.dispatch.process;

import imgpipe.dispatch.NamedBehaviour;
import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.protocol.Event;
import imgpipe.protocol.Events;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.worker.WorkerLoop;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker main that does harm: as a whole, by the system property {@code misbehave}, or for one
 * task, by that task's name. {@code NAME-once} does it only the first time in a run.
 */
public final class MisbehavingWorker {
    private MisbehavingWorker() {}

    public static void main(String[] args) throws Exception {
        Thread.ofPlatform().daemon().start(MisbehavingWorker::watch);
        String how = System.getProperty("misbehave", "");
        System.out.println("generation " + args[2] + " misbehaves: " + how);
        switch (how) {
            case "exit-before-pipes" -> System.exit(9);
            case "hang-before-pipes" -> hang();
            case "error-before-pipes" -> throw new StackOverflowError("before pipes");
            case "crash-before-pipes" -> signal("SEGV");
            case "unlinks-pipes" -> {
                Files.delete(path(args[0]));
                Files.delete(path(args[1]));
            }
            case "leaves-an-heir" -> {
                if (args[2].equals("0")) {
                    new ProcessBuilder("sleep", "20")
                            .redirectOutput(path(args[1]).toFile())
                            .start();
                    Runtime.getRuntime().halt(9);
                }
            }
            default -> {}
        }
        PipePair pipes = new PipePair(path(args[0]), path(args[1]));
        try (PipeEnds ends = pipes.openAsWorker()) {
            switch (how) {
                case "exit-before-hello" -> System.exit(9);
                case "hang-before-hello" -> hang();
                case "wrong-generation" ->
                        Events.write(ends.out(), new Event.Hello(Events.VERSION, pid(), 77));
                case "asks-and-goes" -> {
                    if (args[2].equals("0")) {
                        Events.write(ends.out(), new Event.Hello(Events.VERSION, pid(), 0));
                        Events.write(ends.out(), new Event.NextShard());
                        Events.write(ends.out(), new Event.Bye());
                        // Long enough to be given a shard.
                        Thread.sleep(1000);
                        Runtime.getRuntime().halt(0);
                    }
                }
                case "wrong-pid" -> Events.write(ends.out(), new Event.Hello(Events.VERSION, 1, 0));
                case "junk" ->
                        ends.out()
                                .write(
                                        "# A fatal error has been detected"
                                                .getBytes(StandardCharsets.US_ASCII));
                default -> {}
            }
            OutputStream events =
                    switch (how) {
                        case "never-bye" -> new Swallowing(ends.out());
                        case "freeze-after-a-task" ->
                                args[2].equals("0") ? new Freezing(ends.out()) : ends.out();
                        default -> ends.out();
                    };
            new WorkerLoop(
                            ends.in(),
                            events,
                            (task, limits, folder) -> run(task, limits, folder, ends.out()),
                            () -> Runtime.getRuntime().halt(1))
                    .run(pid(), Integer.parseInt(args[2]));
            switch (how) {
                case "exit-after-bye" -> System.exit(9);
                case "error-after-bye" -> throw new StackOverflowError("after bye");
                case "crash-after-bye" -> signal("SEGV");
                case "hang-after-bye" -> hang();
                default -> {}
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static Outcome run(Task task, Limits limits, Path folder, OutputStream events) {
        String name = task.name();
        if (name.endsWith("-once")) {
            try {
                Files.createFile(folder.resolve(name));
            } catch (IOException e) {
                return NamedBehaviour.run(task, limits, folder);
            }
            name = name.substring(0, name.length() - "-once".length());
        }
        try {
            return misbehave(name, task, limits, folder, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome misbehave(
            String name, Task task, Limits limits, Path folder, OutputStream events)
            throws IOException {
        switch (name) {
            case "exit" -> System.exit(7);
            case "halt" -> Runtime.getRuntime().halt(8);
            case "kill" -> signal("KILL");
            case "segv" -> signal("SEGV");
            case "freeze" -> signal("STOP");
            case "memory" -> eat();
            case "junk" -> events.write(new byte[50]);
            case "half-frame" -> {
                events.write(Arrays.copyOf(finished(task, 10), 20));
                signal("KILL");
            }
            case "large-half-frame-error" -> {
                byte[] frame = finished(task, 60_000);
                events.write(Arrays.copyOf(frame, frame.length - 10));
                // No task can do this: the loop's own thread ends, as by a defect in writing.
                throw new IOException("while writing");
            }
            case "large-half-frame-crash" -> {
                byte[] frame = finished(task, 60_000);
                events.write(Arrays.copyOf(frame, frame.length - 10));
                signal("SEGV");
            }
            case "large-half-frame" -> {
                byte[] frame = finished(task, 60_000);
                events.write(Arrays.copyOf(frame, frame.length - 10));
                Runtime.getRuntime().halt(6);
            }
            case "wrong-task" ->
                    Events.write(
                            events,
                            new Event.TaskFinished(
                                    1, new Outcome.Done(9_999, List.of(), 1, List.of())));
            case "close-pipe" -> {
                events.close();
                hang();
            }
            case "chatter" -> {
                for (int i = 0; i < 200_000; i++) {
                    System.out.println("a line of about eighty characters, again and again, " + i);
                }
            }
            default -> {}
        }
        return NamedBehaviour.run(task, limits, folder);
    }

    /** A frame of a finished task, as it would come, with a text of this length in each field. */
    private static byte[] finished(Task task, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Events.write(
                bytes,
                new Event.TaskFinished(
                        1,
                        new Outcome.Failed(
                                task.id(),
                                FailureKind.CORRUPT,
                                "x".repeat(length),
                                "x".repeat(length))));
        return bytes.toByteArray();
    }

    private static void eat() {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < 1_000_000) {
            eaten.add(new byte[1 << 20]);
        }
    }

    private static void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        hang();
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static Path path(String encoded) {
        return Path.of(URI.create("file://" + encoded));
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything here.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Lets through everything but goodbye, and hangs on that. */
    private static final class Swallowing extends FilterOutputStream {
        private static final int BYE = 22;

        Swallowing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (bytes[5] == BYE) {
                hang();
            }
            out.write(bytes);
        }
    }

    /** Stops the process when it has told of a finished task. */
    private static final class Freezing extends FilterOutputStream {
        private static final int TASK_FINISHED = 20;

        Freezing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            if (bytes[5] == TASK_FINISHED) {
                signal("STOP");
            }
        }
    }
}
