package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.job.JobSummary;
import imgpipe.job.Stop;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastRunTest {
    private static final JobSummary SUMMARY =
            new JobSummary(
                    10,
                    1,
                    6,
                    1,
                    2,
                    1,
                    0,
                    1_200_000_000,
                    21_000_000,
                    824_000_000,
                    Duration.ofSeconds(2),
                    4,
                    2,
                    3,
                    List.of(
                            new JobSummary.Failure(
                                    "a\n\"ü\".jpg", FailureKind.CORRUPT, "bad Huffman code")),
                    Optional.empty(),
                    Optional.empty());

    @TempDir Path folder;

    @Test
    void writesTheObjectThatScriptsRead() {
        assertThat(SummaryJson.write("1.0", "resize", SUMMARY, 3))
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "version" : "1.0",
                          "verb" : "resize",
                          "found" : 10,
                          "ignored" : 1,
                          "done" : 6,
                          "skipped" : 1,
                          "failed" : 2,
                          "quarantined" : 1,
                          "notStarted" : 0,
                          "bytesIn" : 1200000000,
                          "bytesOut" : 21000000,
                          "seconds" : 2.000,
                          "imagesPerSecond" : 3.000,
                          "megapixelsPerSecond" : 412.000,
                          "workers" : 4,
                          "workerDeaths" : 2,
                          "retries" : 3,
                          "stopped" : null,
                          "exitCode" : 3,
                          "failures" : [ {
                            "source" : "a\\n\\"ü\\".jpg",
                            "kind" : "CORRUPT",
                            "message" : "bad Huffman code"
                          } ]
                        }
                        """);
    }

    @Test
    void tellsSumsSlowestAndFailures() throws IOException {
        SetClock clock = new SetClock();
        try (JobLog log = new JobLog(folder, clock, _ -> {})) {
            log.planned(9, 21_000, 0);
            for (long i = 0; i < 7; i++) {
                log.started(0, Tasks.task(i, i + ".jpg", 1000 * i));
                clock.pass(100 * i);
                log.idle(0);
                log.recorded(Tasks.task(i, i + ".jpg", 1000 * i), Tasks.done(i), 7);
            }
            log.recorded(
                    Tasks.task(7, "b.jpg", 5),
                    new Outcome.Failed(7, FailureKind.CORRUPT, "b.jpg", "damaged"),
                    0);
            log.failed("none.jpg", FailureKind.READ, "not there");
        }
        LastRun.save(folder, SummaryJson.write("1.0", "resize", SUMMARY, 3));

        assertThat(LastRun.read(folder).orElseThrow().text(false))
                .isEqualToNormalizingNewlines(
                        """
                        Last run
                                   6  done
                                   1  skipped
                                   2  failed
                                   1  quarantined
                                   0  not started
                                  10  found
                               2.0 s  with 4 workers; 3.0 pictures/s, 412 MP/s
                              1.2 GB  in, 21 MB out
                                   2  worker deaths, 3 retries

                        Slowest
                              600 ms    6.0 kB  6.jpg
                              500 ms    5.0 kB  5.jpg
                              400 ms    4.0 kB  4.jpg
                              300 ms    3.0 kB  3.jpg
                              200 ms    2.0 kB  2.jpg

                        Failures
                                   1  CORRUPT failed
                                        b.jpg
                                   1  READ failed
                                        none.jpg
                        """);
    }

    /** Such a run leaves no job log of its own. */
    @Test
    void doesNotShowPicturesOfTheRunBeforeOneThatOnlySkipped() throws IOException {
        try (JobLog log = new JobLog(folder, new SetClock(), _ -> {})) {
            log.planned(1, 1000, 0);
            log.recorded(Tasks.task(0, "a.jpg", 1000), Tasks.done(0), 7);
        }
        JobSummary skipped =
                new JobSummary(
                        1,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Duration.ofSeconds(1),
                        4,
                        0,
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty());
        LastRun.save(folder, SummaryJson.write("1.0", "resize", skipped, 0));

        LastRun run = LastRun.read(folder).orElseThrow();
        assertThat(run.text(false)).contains("1  skipped").doesNotContain("Slowest", "a.jpg");
    }

    @Test
    void makesDoWithATornJobLogAndNoSummary() throws IOException {
        Files.writeString(
                folder.resolve("joblog.tsv"), JobLogLine.HEADER + "\n1\t:\t17000.0\t1.5\t10");

        assertThat(LastRun.read(folder).orElseThrow().text(false))
                .isEqualTo("The last run did not come to its end; the same command goes on.\n");
    }

    @Test
    void makesDoWithATornSummaryAndAJobLogTornInALetter() throws IOException {
        Files.writeString(folder.resolve("summary.json"), "{\"found\": 10, \"do");
        Files.write(folder.resolve("joblog.tsv"), new byte[] {'1', (byte) 0xC3});

        assertThat(LastRun.read(folder).orElseThrow().text(false))
                .isEqualTo("The last run did not come to its end; the same command goes on.\n");
    }

    /** Before text without a byte order mark the parser of JSON guesses a character set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000",
                "00007b00",
                "7b000000ff",
                "007b0000",
                "7b0000007b22756500",
                ""
            })
    void makesDoWithASummaryThatIsNoText(String bytes) throws IOException {
        Files.write(folder.resolve("summary.json"), HexFormat.of().parseHex(bytes));

        assertThat(LastRun.read(folder).orElseThrow().text(false))
                .isEqualTo("The last run did not come to its end; the same command goes on.\n");
    }

    @Test
    void findsNothingWhereNoRunWas() throws IOException {
        assertThat(LastRun.read(folder)).isEmpty();
    }

    @Test
    void tellsWhatItWasAndWhyItStopped() throws IOException {
        JobSummary stopped =
                new JobSummary(
                        3,
                        0,
                        1,
                        0,
                        0,
                        0,
                        2,
                        9,
                        9,
                        9,
                        Duration.ofSeconds(2),
                        4,
                        0,
                        0,
                        List.of(),
                        Optional.of(Stop.OUTPUT_REFUSED),
                        Optional.of("the server answered 403"));
        Map<String, String> circumstances =
                Map.of("in", "pho\ntos", "out", "web", "ended", "2026-01-02T03:04:05Z");
        String json = SummaryJson.write("1.0", "resize", circumstances, stopped, 4);
        LastRun.save(folder, json);

        assertThat(json).contains("\"stopped\" : \"output-refused\"", "answered 403");
        LastRun run = LastRun.read(folder).orElseThrow();
        assertThat(run.text(false))
                .startsWith(
                        """
                        Last run
                              resize  pho\\ntos → web
                               ended  2026-01-02T03:04:05Z, exit code 4
                             stopped  output-refused: the server answered 403; the same command goes on
                                   1  done
                        """);
        assertThat(run.text(true)).startsWith("A run is going on").doesNotContain("Last run");
    }
}
