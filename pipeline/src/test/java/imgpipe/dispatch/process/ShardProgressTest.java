package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.dispatch.Shards;
import imgpipe.protocol.ProtocolException;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardProgressTest {
    private final Shard shard = shard();
    private final List<Task> tasks = shard.tasks();
    private final ShardProgress progress = new ShardProgress(7, shard);

    private static Shard shard() {
        List<Task> tasks = new Shards(Path.of("/tmp")).with("a", "b", "c").tasks();
        return new Shard(0, "/tmp/", Limits.DEFAULT, tasks);
    }

    @Test
    void theOneStartedAndNotFinishedIsInHandAndTheRestIsBehindIt() throws ProtocolException {
        assertThat(progress.rest()).isEqualTo(shard);
        progress.start(7, 0);
        progress.finish(7, done(0));
        assertThat(progress.inHand()).isNull();
        assertThat(progress.start(7, 1)).isEqualTo(tasks.get(1));
        assertThat(progress.inHand()).isEqualTo(tasks.get(1));
        assertThat(progress.rest()).extracting(Shard::tasks).isEqualTo(List.of(tasks.get(2)));
        progress.finish(7, done(1));
        progress.start(7, 2);
        assertThat(progress.rest()).isNull();
    }

    @Test
    void everythingElseIsOutOfOrder() throws ProtocolException {
        refused(() -> progress.start(6, 0));
        refused(() -> progress.start(7, 1));
        refused(() -> progress.finish(7, done(0)));
        refused(() -> progress.end(7));
        progress.start(7, 0);
        refused(() -> progress.start(7, 0));
        refused(() -> progress.finish(7, done(1)));
        refused(() -> progress.finish(6, done(0)));
        refused(() -> progress.end(7));
        progress.finish(7, done(0));
        refused(() -> progress.end(6));
        progress.end(7);
    }

    @Test
    void aShardMayEndUntouchedWhenCancelled() throws ProtocolException {
        progress.cancel();
        progress.end(7);
        assertThat(progress.rest()).isEqualTo(shard);
    }

    private interface Message {
        void come() throws ProtocolException;
    }

    private static void refused(Message message) {
        assertThatThrownBy(message::come)
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("ORDER");
    }

    private static Outcome done(long task) {
        return new Outcome.Done(task, List.of(), 1, List.of());
    }
}
