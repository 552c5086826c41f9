package imgpipe.dispatch.process;

import imgpipe.dispatch.process.confine.Access;
import imgpipe.dispatch.process.confine.Confinement;
import imgpipe.dispatch.process.confine.Grant;
import imgpipe.pipe.PipePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the process of a worker, in an environment without secrets and, if the settings have a
 * {@link Reach} and the kernel can do that, confined to it. Each is confined by itself: it cannot
 * send signals to the others nor open their pipes.
 */
final class WorkerStart {
    private WorkerStart() {}

    static Process start(PoolSettings settings, int number, int generation, PipePair pipes)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(WorkerCommand.of(settings, number, generation, pipes))
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        WorkerEnvironment.clean(environment);
        // glibc's memory for each further thread that asks for some is hardly ever given back.
        environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
        environment.putAll(settings.environment());
        Reach reach = settings.reach();
        return reach != null && Confinement.ofThisKernel() instanceof Confinement.Landlock landlock
                ? landlock.start(builder, grants(settings, environment, reach, pipes))
                : builder.start();
    }

    private static List<Grant> grants(
            PoolSettings settings, Map<String, String> environment, Reach reach, PipePair pipes) {
        List<Grant> grants =
                new ArrayList<>(
                        WorkerFiles.of(settings.classPath(), environment, settings.jvmArguments()));
        reach.readable().forEach(path -> grants.add(new Grant(path, Access.READ)));
        grants.add(new Grant(reach.temporary(), Access.MAKE));
        grants.add(new Grant(pipes.commands().path(), Access.READ));
        grants.add(new Grant(pipes.events().path(), Access.WRITE));
        return grants;
    }
}
