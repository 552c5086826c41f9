package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import imgpipe.transfer.UploadListener.Upload;
import imgpipe.transfer.UploadReporter.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All results are there before it runs, so that they are one batch. */
class UploadReporterTest {
    private final List<String> heard = new ArrayList<>();
    private final Recorded destination = new Recorded(heard);
    private final UploadReporter reporter =
            new UploadReporter(
                    destination,
                    new UploadListener() {
                        @Override
                        public void publishing(Task task, List<Published> outputs) {}

                        @Override
                        public void published(List<Upload> batch) {
                            heard.add("published " + names(batch));
                        }

                        @Override
                        public void kept(Task task) {
                            heard.add("kept " + task.name());
                        }

                        @Override
                        public void failed(Task task, IOException cause) {
                            heard.add("failed " + task.name());
                        }
                    },
                    defect -> heard.add(defect.toString()));

    @Test
    void tellsASuccessBeforeTheFailureThatFollowedIt() {
        reporter.add(failure("a"));
        reporter.add(success("b"));
        reporter.add(success("c"));
        reporter.add(failure("d"));
        reporter.add(failure("e"));
        reporter.add(success("f"));
        reporter.end();
        reporter.run();

        assertThat(heard)
                .containsExactly(
                        "failed a",
                        "settled b c",
                        "published b c",
                        "failed d",
                        "failed e",
                        "settled f",
                        "published f");
    }

    @Test
    void settlesOnceWhatOnlyFailuresFollow() {
        reporter.add(success("a"));
        for (int i = 0; i < 100; i++) {
            reporter.add(failure("x"));
        }
        reporter.end();
        reporter.run();

        assertThat(heard).startsWith("settled a", "published a", "failed x").hasSize(102);
    }

    @Test
    void asksAlsoWhenNothingHasArrivedWhetherEarlierOnesAreSettled() {
        reporter.add(failure("a"));
        reporter.end();
        reporter.run();

        assertThat(destination.asked).isEqualTo(1);
    }

    private static Result success(String name) {
        Outcome.Done done = new Outcome.Done(1, List.of(new Written(1, 2, 3, 4)), 12, List.of());
        return new Result.Success(
                new Upload(task(name), done, List.of(new Published(name, 1, 1, 2, 3, 4))));
    }

    private static Result failure(String name) {
        return new Result.Failure(task(name), new IOException("no"));
    }

    private static Task task(String name) {
        return new Task(1, name, "/" + name, 1, 1, List.of(new Rendition(name, "jpeg")));
    }

    private static String names(List<Upload> uploads) {
        return String.join(" ", uploads.stream().map(upload -> upload.task().name()).toList());
    }

    /** Writes down what is settled, which lasts at once. */
    private static final class Recorded implements Destination {
        private final List<String> heard;
        private int asked;

        Recorded(List<String> heard) {
            this.heard = heard;
        }

        @Override
        public Publication publication(
                Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener) {
            throw new AssertionError("nothing is published here");
        }

        @Override
        public List<Upload> settle(List<Upload> uploads) {
            asked++;
            if (!uploads.isEmpty()) {
                heard.add("settled " + names(uploads));
            }
            return uploads;
        }

        @Override
        public List<Upload> finish() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
