package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nothing is left of a run: no worker, no FIFO, no folder, no thread. Its tests run one after the
 * other, beside others that start what is no worker of this process.
 */
final class Leftovers implements BeforeEachCallback, AfterEachCallback {
    /** What tests with workers of this process lock. */
    static final String POOL = "workers of this process";

    private Set<Path> before = Set.of();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        before = folders();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        assertThat(ProcessHandle.current().children().filter(Leftovers::isWorker))
                .as("workers")
                .isEmpty();
        assertThat(folders()).as("folders of pipes").isSubsetOf(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("imgpipe-"))
                .as("threads")
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .filteredOn(name -> name.startsWith("imgpipe-worker"))
                .isEmpty();
    }

    /** By an option early on its command line, of which no more than the begin may be known. */
    private static boolean isWorker(ProcessHandle process) {
        return process.isAlive()
                && process.info().commandLine().orElse("").contains("-XX:ErrorFile=");
    }

    /** Other runs on this machine have theirs there too. */
    private static Set<Path> folders() throws IOException {
        String own = "imgpipe-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(own))
                    .collect(Collectors.toSet());
        }
    }
}
