package imgpipe.dispatch.process;

import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.worker.WorkerLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A worker main that tries to reach what its task's name says, and tells what came of it: done, or
 * failed with the exception.
 */
public final class IntrudingWorker {
    private IntrudingWorker() {}

    public static void main(String[] args) throws Exception {
        PipePair pipes = new PipePair(path(args[0]), path(args[1]));
        try (PipeEnds ends = pipes.openAsWorker()) {
            new WorkerLoop(
                            ends.in(),
                            ends.out(),
                            IntrudingWorker::run,
                            () -> Runtime.getRuntime().halt(1))
                    .run(ProcessHandle.current().pid(), Integer.parseInt(args[2]));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Path path(String encoded) {
        return Path.of(URI.create("file://" + encoded));
    }

    private static Outcome run(Task task, Limits limits, Path folder) {
        try {
            intrude(task.name().split(" ", 2));
            return new Outcome.Done(task.id(), List.of(), 1, List.of());
        } catch (IOException | InterruptedException e) {
            return new Outcome.Failed(
                    task.id(), FailureKind.READ, task.name(), String.valueOf(e).strip());
        }
    }

    private static void intrude(String[] words) throws IOException, InterruptedException {
        String what = words.length < 2 ? "" : words[1];
        switch (words[0]) {
            case "read" -> Files.readAllBytes(Path.of(what));
            case "write" -> Files.writeString(Path.of(what), "written");
            case "remove" -> Files.delete(Path.of(what));
            case "execute" -> run(what);
            case "connect" ->
                    new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(what)).close();
            case "listen" -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).close();
            // Signal 0 asks only whether it may be sent; kill is part of the shell.
            case "may-signal" -> run("/bin/sh", "-c", "kill -0 " + what);
            case "segv" -> {
                run("/bin/sh", "-c", "kill -SEGV $PPID");
                Thread.sleep(Long.MAX_VALUE);
            }
            case "inherits" -> requireNothingOf(Path.of(what));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed: " + said);
        }
    }

    private static void requireNothingOf(Path folder) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).startsWith(folder)) {
                    throw new IOException(descriptor + " is open");
                }
            }
        }
        Map<String, String> known = new TreeMap<>(System.getenv());
        WorkerEnvironment.clean(known);
        Set<String> names = new TreeSet<>(System.getenv().keySet());
        names.removeAll(known.keySet());
        // The shell's own.
        names.removeAll(Set.of("PWD", "OLDPWD", "SHLVL", "_"));
        if (!names.isEmpty()) {
            throw new IOException(names + " are known");
        }
    }
}
