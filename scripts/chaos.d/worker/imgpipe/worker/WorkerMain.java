package imgpipe.worker;

import imgpipe.engine.Engine;
import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the place of the worker's main class for {@code chaos}: does pictures as the real one does, but those whose file
 * names begin with {@code hang}, {@code stop}, {@code exit}, {@code kill}, {@code segv}, {@code memory} or {@code junk} make
 * it misbehave. It says so, with its pid and the time in milliseconds, before it does.
 */
public final class WorkerMain {
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;
    private static final int SIGSTOP = 19;

    private WorkerMain() {}

    /** Runs the worker; arguments as those of the real one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (PipeEnds ends = new PipePair(path(args[0]), path(args[1])).openAsWorker();
                Engine engine = Engine.create()) {
            new WorkerLoop(
                            ends.in(),
                            ends.out(),
                            (task, limits, folder) -> {
                                misbehave(task.name(), ends.out());
                                return engine.run(task, limits, folder);
                            },
                            () -> Runtime.getRuntime().halt(1))
                    .run(ProcessHandle.current().pid(), Integer.parseInt(args[2]));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void misbehave(String name, OutputStream events) {
        String how = name.substring(name.lastIndexOf('/') + 1).replaceFirst("[^a-z].*", "");
        System.out.println("chaos " + how + " " + ProcessHandle.current().pid() + " " + System.currentTimeMillis());
        System.out.flush();
        switch (how) {
            case "hang" -> hang();
            case "stop" -> raise(SIGSTOP);
            case "exit" -> Runtime.getRuntime().halt(7);
            case "kill" -> raise(SIGKILL);
            case "segv" -> raise(SIGSEGV);
            case "memory" -> {
                List<byte[]> eaten = new ArrayList<>();
                while (eaten.size() < 1_000_000) {
                    eaten.add(new byte[1 << 20]);
                }
            }
            case "junk" -> {
                try {
                    events.write(new byte[50]);
                } catch (IOException e) {
                    // It has been ended for that.
                }
                hang();
            }
            default -> {}
        }
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void raise(int signal) {
        Linker linker = Linker.nativeLinker();
        MethodHandle raise =
                linker.downcallHandle(
                        linker.defaultLookup().find("raise").orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int ignored = (int) raise.invokeExact(signal);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        hang();
    }

    private static Path path(String encoded) {
        return Path.of(URI.create("file://" + encoded));
    }
}
