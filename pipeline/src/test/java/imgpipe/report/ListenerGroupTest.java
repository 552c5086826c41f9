package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.job.JobListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerGroupTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void goesOnWithoutAListenerThatThrows() {
        JobListener broken =
                new JobListener() {
                    @Override
                    public void idle(int worker) {
                        heard.add("broken " + worker);
                        throw new IllegalStateException("a mistake");
                    }
                };
        JobListener whole =
                new JobListener() {
                    @Override
                    public void idle(int worker) {
                        heard.add("whole " + worker);
                    }

                    @Override
                    public void warning(String sentence) {
                        heard.add(sentence.substring(0, 12));
                    }
                };
        ListenerGroup group = new ListenerGroup(List.of(broken, whole));

        group.idle(1);
        group.idle(2);

        assertThat(heard).containsExactly("broken 1", "a report of ", "whole 1", "whole 2");
    }
}
