package imgpipe.bench;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.job.ReadableName;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures the same pictures in a plain loop, on threads and in worker processes.
 *
 * <p>What is measured: pictures a second of a contender that is up and warm, from handing out a
 * list of pictures to the last outcome: reading from the page cache, decoding, operations,
 * encoding, writing a temporary file, and, with processes, the messages. Outputs are deleted as
 * they come; publishing, which is the same for all, is not measured. Beside it, how long a
 * contender takes from its start to its first picture.
 *
 * <p>How: first the plain loop does every picture once; those that fail are left out. Each
 * contender is started once, warmed up until its speed no longer rises, and kept for all rounds; a
 * worker JVM has to compile its code itself, and a thread finds it compiled, which would otherwise
 * be what is measured. Every round has one lap of each contender, and begins with another one than
 * the round before. A lap takes the list of pictures as often as it needs to last about a second.
 * With N workers about 2N processes are up at the same time, or N (N + 1) / 2 up to 8.
 */
public final class Bench {
    private static final double LAP_SECONDS = 1;
    private static final double WARM_UP_SECONDS = 0.5;
    private static final int MOST_WARM_UPS = 12;

    /** Speed that has risen by less than this, in so many warm-ups, has stopped rising. */
    private static final double RISE = 1.01;

    private static final int PATIENCE = 3;

    private final Setting setting;
    private final Consumer<String> progress;
    private final List<Session> sessions = new ArrayList<>();
    private List<Task> tasks;
    private long pixels;

    /** Makes the runner of a contender other than the plain loop. */
    @FunctionalInterface
    public interface Runners {
        /** A runner that has not begun. */
        ShardRunner of(Contender contender);
    }

    /** Cuts tasks into shards as a run with so many workers does. */
    @FunctionalInterface
    public interface Cutter {
        /** All tasks, in order. */
        List<Shard> cut(List<Task> tasks, int workers) throws IOException;
    }

    /**
     * What is measured.
     *
     * @param tasks the pictures; at least one
     * @param contenders the plain loop first
     * @param rounds at least 1
     * @param temporaryFolder existing and empty, for outputs
     */
    public record Setting(
            List<Task> tasks,
            List<Contender> contenders,
            int rounds,
            Path temporaryFolder,
            Runners runners,
            Cutter cutter) {
        public Setting {
            tasks = List.copyOf(tasks);
            contenders = List.copyOf(contenders);
            if (tasks.isEmpty() || rounds < 1 || contenders.getFirst().form() != Form.SEQUENTIAL) {
                throw new IllegalArgumentException(
                        "%d tasks, %d rounds of %s".formatted(tasks.size(), rounds, contenders));
            }
        }
    }

    /**
     * A comparison that has not begun.
     *
     * @param progress hears what is being done now
     */
    public Bench(Setting setting, Consumer<String> progress) {
        this.setting = setting;
        this.progress = progress;
        tasks = setting.tasks();
    }

    /**
     * Measures.
     *
     * @throws RunFailedException when a contender cannot be started, breaks down, or cannot do a
     *     picture that the plain loop did
     * @throws InterruptedException when the calling thread is interrupted; everything has ended
     */
    public Result run() throws RunFailedException, IOException, InterruptedException {
        try {
            List<Result.Failure> failures = rehearse();
            return tasks.isEmpty() ? result(List.of(), failures) : result(compete(), failures);
        } finally {
            sessions.forEach(Session::stop);
            sessions.forEach(Session::close);
        }
    }

    private List<Result.Failure> rehearse()
            throws RunFailedException, IOException, InterruptedException {
        progress.accept("every picture once");
        Session session =
                new Session(
                        setting.contenders().getFirst(),
                        new PlainLoop(),
                        setting.temporaryFolder());
        sessions.add(session);
        Session.Finish finish = session.lap(setting.cutter().cut(tasks, 1));
        Set<Long> failed = new HashSet<>();
        List<Result.Failure> failures = new ArrayList<>();
        for (Track.Failure failure : finish.failures()) {
            failed.add(failure.task().id());
            failures.add(new Result.Failure(name(failure.task()), failure.sentence()));
        }
        tasks = tasks.stream().filter(task -> !failed.contains(task.id())).toList();
        pixels = finish.lap().pixels();
        if (!tasks.isEmpty()) {
            warmUp(session, finish.lap().rate());
        }
        return failures;
    }

    private List<List<Lap>> compete() throws RunFailedException, IOException, InterruptedException {
        double rate = lap(sessions.getFirst(), tasks.size()).rate();
        List<Contender> contenders = setting.contenders();
        for (Contender contender : contenders.subList(1, contenders.size())) {
            Session session =
                    new Session(
                            contender, setting.runners().of(contender), setting.temporaryFolder());
            sessions.add(session);
            warmUp(session, rate);
        }
        List<List<Lap>> laps = new ArrayList<>();
        contenders.forEach(_ -> laps.add(new ArrayList<>()));
        for (int round = 0; round < setting.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                int turn = (i + round) % contenders.size();
                Session session = sessions.get(turn);
                progress.accept(
                        "round %d of %d, %s"
                                .formatted(round + 1, setting.rounds(), session.contender()));
                laps.get(turn).add(lap(session, length(session.contender().workers(), rate)));
            }
        }
        return laps;
    }

    /** Pictures in a lap: the whole list, as often as it takes. */
    private int length(int workers, double rate) {
        double wanted = LAP_SECONDS * rate * workers;
        return tasks.size() * (int) Math.max(1, Math.ceil(wanted / tasks.size()));
    }

    private void warmUp(Session session, double rate)
            throws RunFailedException, IOException, InterruptedException {
        progress.accept("warming up " + session.contender());
        int workers = session.contender().workers();
        // Alone, so that how long it takes to come does not depend on other pictures.
        lap(session, 1);
        int pictures = (int) Math.max(workers, WARM_UP_SECONDS * rate * workers);
        double best = 0;
        int without = 0;
        for (int i = 0; i < MOST_WARM_UPS && without < PATIENCE; i++) {
            double now = lap(session, pictures).rate();
            without = now > best * RISE ? 0 : without + 1;
            best = Math.max(best, now);
        }
    }

    private Lap lap(Session session, int pictures)
            throws RunFailedException, IOException, InterruptedException {
        List<Task> list = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            Task task = tasks.get(i % tasks.size());
            list.add(
                    new Task(
                            i,
                            task.name(),
                            task.source(),
                            task.bytes(),
                            task.modified(),
                            task.renditions()));
        }
        Session.Finish finish =
                session.lap(setting.cutter().cut(list, session.contender().workers()));
        if (!finish.failures().isEmpty()) {
            Track.Failure first = finish.failures().getFirst();
            throw new RunFailedException(
                    "%s could not do %s, which was done before: %s"
                            .formatted(session.contender(), name(first.task()), first.sentence()));
        }
        return finish.lap();
    }

    private static String name(Task task) {
        return ReadableName.decode(task.name());
    }

    private Result result(List<List<Lap>> laps, List<Result.Failure> failures) {
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < laps.size(); i++) {
            Session session = sessions.get(i);
            figures.add(
                    new Figures(
                            session.contender(),
                            laps.get(i),
                            session.startUp(),
                            session.peakBytes()));
        }
        return new Result(
                Machine.here(),
                tasks.size(),
                pixels,
                setting.rounds(),
                figures,
                Meter.peakBytes(ProcessHandle.current()),
                failures);
    }
}
