package imgpipe.worker;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.protocol.Command;
import imgpipe.protocol.Commands;
import imgpipe.protocol.Event;
import imgpipe.protocol.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
@Timeout(30)
class WorkerMainIT {
    private PipePair pipes;
    private Process worker;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        pipes = PipePair.create(1).getFirst();
        worker =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WorkerMain.class.getName(),
                                pipes.commands().path().toUri().getRawPath(),
                                pipes.events().path().toUri().getRawPath(),
                                "4",
                                "100000000",
                                "100000000",
                                "100000000",
                                "100000000")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    @AfterEach
    void end() throws IOException {
        worker.destroyForcibly();
        pipes.unlink();
    }

    @Test
    void greetsAndExitsWhenToldTo() throws Exception {
        try (PipeEnds ends = pipes.openAsCoordinator()) {
            greet(ends);
            Commands.write(ends.out(), new Command.Shutdown());
            assertThat(Events.read(ends.in())).isEqualTo(new Event.Bye());
            assertThat(Events.read(ends.in())).isNull();
        }
        assertThat(worker.waitFor(Duration.ofSeconds(2))).isTrue();
        assertThat(worker.exitValue()).isZero();
    }

    @Test
    void haltsWhenCommandsEnd() throws Exception {
        try (PipeEnds ends = pipes.openAsCoordinator()) {
            greet(ends);
        }
        assertThat(worker.waitFor(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void haltsWhenItsCoordinatorIsGoneBeforeThePipesWereOpened() throws Exception {
        worker.getOutputStream().close();
        assertThat(worker.waitFor(Duration.ofSeconds(10))).isTrue();
    }

    private void greet(PipeEnds ends) throws IOException {
        assertThat(Events.read(ends.in()))
                .isEqualTo(new Event.Hello(Events.VERSION, worker.pid(), 4));
        ends.letGo();
        assertThat(Events.read(ends.in())).isEqualTo(new Event.NextShard());
    }
}
