package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogTest {
    @TempDir Path folder;
    private final SetClock clock = new SetClock();
    private final List<String> complaints = new ArrayList<>();

    @Test
    void writesTheColumnsOfParallelThenOurs() throws IOException {
        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.planned(2, 200, 0);
            log.started(3, Tasks.task(0, "a.jpg", 100));
            clock.pass(1500);
            log.idle(3);
            // Publishing takes time too, but is no work on the picture.
            clock.pass(500);
            log.recorded(Tasks.task(0, "a.jpg", 100), Tasks.done(0, "cut short"), 7);
            log.recorded(
                    Tasks.task(1, "b.jpg", 100),
                    new Outcome.Quarantined(1, FailureKind.TIMEOUT, "b.jpg", "no result in 30 s"),
                    0);
        }
        assertThat(Files.readString(folder.resolve("joblog.tsv")))
                .isEqualTo(
                        """
                        Seq	Host	Starttime	JobRuntime	Send	Receive	Exitval	Signal	Command	Status	Kind	BytesOut	Source	Message
                        1	:	1700000000.000	1.500	100	7	0	0	imgpipe run 'resize 80x60 | jpeg q=80' '/in/a.jpg' '/out/'	done		7	a.jpg	cut short
                        2	:	1700000002.000	0.000	100	0	1	9	imgpipe run 'resize 80x60 | jpeg q=80' '/in/b.jpg' '/out/'	quarantined	TIMEOUT	0	b.jpg	no result in 30 s
                        """);
    }

    @Test
    void tellsTheCommandForNamesWithoutAnExtension() throws IOException {
        Task task =
                new Task(0, "a.jpg", "/in/a.jpg", 1, 1, List.of(new Rendition("/out/a", "jpeg")));
        Task other =
                new Task(1, "b.jpg", "/in/b.jpg", 1, 1, List.of(new Rendition("/out/b_s", "jpeg")));
        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.planned(2, 2, 0);
            log.recorded(task, Tasks.done(0), 7);
            log.recorded(other, Tasks.done(1), 7);
        }
        assertThat(Files.readString(folder.resolve("joblog.tsv")))
                .contains("\timgpipe run 'jpeg' '/in/a.jpg' '/out/'\t")
                .contains("\timgpipe run --name '{stem}_s' 'jpeg' '/in/b.jpg' '/out/'\t");
    }

    @Test
    void listsWhatStaysInQuarantine() throws IOException {
        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.left("a.jpg", FailureKind.TIMEOUT, "as before");
            log.planned(0, 0, 0);
        }
        assertThat(Files.readString(folder.resolve("joblog.tsv")))
                .contains("\tquarantined\tTIMEOUT\t0\ta.jpg\tas before\n");
    }

    @Test
    void keepsOneLineForEveryName() throws IOException {
        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.recorded(Tasks.task(0, "a%0Ab%09%27c%5Cd.jpg", 1), Tasks.done(0), 7);
            log.planned(1, 1, 0);
            log.failed("x%0Ay", FailureKind.READ, "not\tthere");
        }
        List<String> lines = Files.readAllLines(folder.resolve("joblog.tsv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("\ta\\nb\\t'c\\\\d.jpg\t");
        assertThat(JobLogLine.parse(lines.get(1)).orElseThrow().source())
                .isEqualTo("a\nb\t'c\\d.jpg");
        assertThat(JobLogLine.parse(lines.get(2)).orElseThrow().message()).isEqualTo("not\tthere");
    }

    @Test
    void keepsTheLogOfTheRunBefore() throws IOException {
        Files.writeString(folder.resolve("joblog.tsv"), "old");
        new JobLog(folder, clock, complaints::add).close();
        assertThat(folder.resolve("joblog.tsv")).hasContent("old");

        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.planned(0, 0, 5);
        }
        assertThat(folder.resolve("joblog.tsv")).as("nothing to do").hasContent("old");

        try (JobLog log = new JobLog(folder, clock, complaints::add)) {
            log.planned(1, 1, 5);
        }
        assertThat(folder.resolve("joblog.1.tsv")).hasContent("old");
        assertThat(Files.readAllLines(folder.resolve("joblog.tsv")))
                .containsExactly(JobLogLine.HEADER);
    }

    @Test
    void complainsOnceWhenItCannotBeWritten() {
        try (JobLog log = new JobLog(folder.resolve("none"), clock, complaints::add)) {
            log.planned(1, 1, 0);
            log.recorded(Tasks.task(0, "a.jpg", 1), Tasks.done(0), 7);
        }
        assertThat(complaints).hasSize(1);
        assertThat(complaints.getFirst()).startsWith("the job log ").contains("cannot be written");
    }
}
