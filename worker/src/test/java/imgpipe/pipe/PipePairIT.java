package imgpipe.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PipePairIT {
    @TempDir Path folder;

    @Test
    void bothSidesMeetAndAreHeardAfterTheNamesAreGone() throws Exception {
        PipePair pair = PipePair.create(1).getFirst();
        FutureTask<PipeEnds> opening = new FutureTask<>(pair::openAsWorker);
        Thread.ofPlatform().daemon().start(opening);
        try (PipeEnds coordinator = pair.openAsCoordinator()) {
            try (PipeEnds worker = opening.get()) {
                pair.unlink();
                pair.unlink();
                coordinator.letGo();
                coordinator.out().write(5);
                assertThat(worker.in().read()).isEqualTo(5);
                worker.out().write(6);
                assertThat(coordinator.in().read()).isEqualTo(6);
            }
            assertThat(coordinator.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void keepsOthersOutAndLeavesNothing() throws Exception {
        List<PipePair> pairs = PipePair.create(3);
        Path parent = pairs.getFirst().commands().path().getParent();
        assertThat(Files.getPosixFilePermissions(parent))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(pairs.get(2).events().path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (PipePair pair : pairs) {
            assertThat(parent).exists();
            pair.unlink();
        }
        assertThat(parent).doesNotExist();
    }

    @Test
    void takesAwayWhatTheDeadLeftAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path stale = Files.createDirectory(folder.resolve("imgpipe-" + dead.pid() + "-1"));
        NamedPipe.create(List.of(stale.resolve("commands-0"), stale.resolve("events-0")));
        long me = ProcessHandle.current().pid();
        Path living = Files.createDirectory(folder.resolve("imgpipe-" + me + "-1"));
        Path other = Files.createDirectory(folder.resolve("imgpipe-notes"));
        Path full = Files.createDirectory(folder.resolve("imgpipe-" + dead.pid() + "-2"));
        Path file = Files.createFile(full.resolve("commands-0"));
        Path link = folder.resolve("imgpipe-" + dead.pid() + "-3");
        Files.createSymbolicLink(link, living);
        PipeFolder.removeStale(folder);
        assertThat(stale).doesNotExist();
        assertThat(List.of(living, other, file, link)).allMatch(Files::exists);
    }

    @Test
    void theCoordinatorWaitsForNobodyAndSeesTheEndWhenItHasLetGo() throws Exception {
        PipePair pair = PipePair.create(1).getFirst();
        try (PipeEnds ends = pair.openAsCoordinator()) {
            // Nobody could free a thread that waits for a name that has vanished.
            pair.unlink();
            FutureTask<Integer> reading = new FutureTask<>(() -> ends.in().read());
            Thread.ofPlatform().daemon().start(reading);
            ends.letGo();
            assertThat(reading.get()).isEqualTo(-1);
            ends.letGo();
        }
    }

    @Test
    void closingEndsAReadInAnotherThread() throws Exception {
        PipePair pair = PipePair.create(1).getFirst();
        FutureTask<PipeEnds> opening = new FutureTask<>(pair::openAsWorker);
        Thread.ofPlatform().daemon().start(opening);
        PipeEnds coordinator = pair.openAsCoordinator();
        CountDownLatch ended = new CountDownLatch(1);
        try (PipeEnds _ = opening.get()) {
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try {
                                    coordinator.in().read();
                                } catch (IOException e) {
                                    ended.countDown();
                                }
                            });
            coordinator.close();
            ended.await();
        }
        pair.unlink();
    }

    @Test
    void refusesWhatIsNoFifo() throws IOException {
        Path file = Files.writeString(folder.resolve("commands"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        PipePair pair = new PipePair(file, file);
        assertThatThrownBy(pair::openAsWorker).hasMessageContaining("is not a FIFO of ours");
        assertThatThrownBy(pair::openAsCoordinator).hasMessageContaining("is not a FIFO of ours");
    }

    @Test
    void refusesAFifoThatOthersMayOpenAndALinkToOne() throws Exception {
        PipePair pair = PipePair.create(1).getFirst();
        Path link = Files.createSymbolicLink(folder.resolve("l"), pair.commands().path());
        assertThatThrownBy(new PipePair(link, link)::openAsWorker)
                .hasMessageContaining("is not a FIFO of ours");
        Files.setPosixFilePermissions(
                pair.commands().path(), PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(pair::openAsWorker).hasMessageContaining("is not a FIFO of ours");
        pair.unlink();
    }

    @Test
    void makesNoFileWhereAFifoHasVanished() {
        Path missing = folder.resolve("commands");
        PipePair pair = new PipePair(missing, missing);
        assertThatThrownBy(pair::openAsCoordinator).isInstanceOf(NoSuchFileException.class);
        assertThat(missing).doesNotExist();
    }

    @Test
    void saysWhatMkfifoSaid() {
        assertThatThrownBy(() -> NamedPipe.create(List.of(folder.resolve("no/such"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mkfifo failed with exit value 1")
                .hasMessageContaining("no/such");
    }
}
