package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.job.JobException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir private Path folder;

    @Test
    void takesBackWhatItMadeAndCloses() throws IOException, JobException {
        try (OutputFolder output =
                OutputFolder.open(folder.resolve("a/out"), folder.resolve("job"))) {
            Files.createFile(output.temporary().resolve("tasks"));
            output.undo();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesBackWhatTheRunAnnounced() throws IOException, JobException {
        Path before = Files.createFile(Files.createDirectory(folder.resolve("job")).resolve("old"));
        Path log = folder.resolve("job/worker-0.log");
        try (OutputFolder output =
                OutputFolder.open(folder.resolve("out"), folder.resolve("job"))) {
            output.makes(before);
            output.makes(log);
            output.makes(folder.resolve("job/never.log"));
            Files.createFile(log);
            output.undo();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/out");
        assertThat(log).doesNotExist();
        assertThat(before).exists();
    }

    @Test
    void twoRunsDoNotShareAJobFolder() throws IOException, JobException {
        Path job = folder.resolve("job");
        try (OutputFolder output = OutputFolder.open(folder.resolve("a"), job)) {
            assertThat(output.root()).isDirectory();
            assertThatThrownBy(() -> OutputFolder.open(folder.resolve("b"), job))
                    .isInstanceOfSatisfying(
                            JobException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LOCKED));
        }
        OutputFolder.open(folder.resolve("b"), job).close();
    }

    @Test
    void leavesTheLockOfAnEarlierRunWhereItIs() throws IOException, JobException {
        Path out = folder.resolve("out");
        OutputFolder.open(out, out.resolve(".imgpipe")).close();
        try (OutputFolder output = OutputFolder.open(out, folder.resolve("job"))) {
            output.undo();
            // Another run that found no lock would take the folder while this one still has it.
            assertThat(out.resolve(".imgpipe/lock")).exists();
        }
        assertThat(folder.resolve("job")).doesNotExist();
    }

    @Test
    void removesFoldersThatAreLeftAmongTheTemporaryFiles() throws IOException, JobException {
        Path out = folder.resolve("out");
        Path precious = Files.createFile(Files.createDirectory(folder.resolve("p")).resolve("f"));
        Path inside = Files.createDirectories(out.resolve(".imgpipe/tmp/pipes/deep"));
        Files.createFile(inside.resolve("f"));
        Files.createSymbolicLink(inside.resolve("link"), precious.getParent());
        try (OutputFolder output = OutputFolder.open(out, out.resolve(".imgpipe"))) {
            assertThat(output.temporary().resolve("pipes")).doesNotExist();
        }
        assertThat(precious).exists();
    }

    @Test
    void keepsReadersOutThatReadEitherFolder() throws IOException, JobException {
        Path job = folder.resolve("job");
        try (OutputFolder output = OutputFolder.open(folder.resolve("a"), job)) {
            assertThatThrownBy(() -> ReadLock.of(output.root(), job))
                    .isInstanceOfSatisfying(
                            JobException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LOCKED));
            assertThatThrownBy(() -> ReadLock.of(folder.resolve("b"), job))
                    .isInstanceOf(JobException.class);
        }
        try (ReadLock first = ReadLock.of(folder.resolve("a"), job);
                ReadLock second = ReadLock.of(folder.resolve("b"), folder)) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void namesOnlyARunThatGoesOn() throws IOException, JobException {
        Path out = folder.resolve("out");
        Path job = out.resolve(".imgpipe");
        try (OutputFolder output = OutputFolder.open(out, job)) {
            assertThatThrownBy(() -> OutputFolder.open(output.root(), job))
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        }
        try (ReadLock reader = ReadLock.of(out, job)) {
            assertThat(reader).isNotNull();
            assertThatThrownBy(() -> OutputFolder.open(out, job))
                    .hasMessageContaining("another run, or imgpipe verify, has")
                    .hasMessageNotContaining("process");
        }
    }

    @Test
    void leavesNoFolderWhenItRefuses() throws IOException, JobException {
        Path job = folder.resolve("job");
        Path file = Files.createFile(folder.resolve("file"));
        try (OutputFolder output = OutputFolder.open(folder.resolve("a"), job)) {
            assertThat(output.root()).isDirectory();
            assertThatThrownBy(() -> OutputFolder.open(folder.resolve("b/c"), job))
                    .isInstanceOf(JobException.class);
            assertThatThrownBy(() -> OutputFolder.open(folder.resolve("b/c"), file.resolve("x")))
                    .isInstanceOf(JobException.class);
            assertThatThrownBy(() -> OutputFolder.open(folder.resolve("a"), folder.resolve("j")))
                    .isInstanceOf(JobException.class);
            assertThat(folder.resolve("b")).doesNotExist();
            assertThat(folder.resolve("j")).doesNotExist();
            assertThat(output.temporary()).isDirectory();
        }
    }
}
