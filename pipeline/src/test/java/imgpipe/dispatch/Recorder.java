package imgpipe.dispatch;

import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Hears everything, and complains when it is told what it must not be. */
public class Recorder implements TaskListener {
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private final Map<Long, Integer> starts = new HashMap<>();
    private final Set<Integer> workers = new TreeSet<>();
    private final List<String> deaths = new ArrayList<>();
    private int deferred;
    private int retries;

    @Override
    public void started(int worker, Task task) {
        synchronized (this) {
            if (outcomes.containsKey(task.id())) {
                throw new IllegalStateException(task.name() + " is finished and was started again");
            }
            workers.add(worker);
            starts.merge(task.id(), 1, Integer::sum);
        }
    }

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        synchronized (this) {
            if (outcomes.put(task.id(), outcome) != null) {
                throw new IllegalStateException(task.name() + " was finished twice");
            }
            if (!starts.containsKey(task.id())) {
                throw new IllegalStateException(task.name() + " was never started");
            }
        }
    }

    @Override
    public void deferred(int worker, Task task, Footprint need) {
        synchronized (this) {
            if (outcomes.containsKey(task.id()) || !starts.containsKey(task.id())) {
                throw new IllegalStateException(task.name() + " cannot be put off");
            }
            deferred++;
        }
    }

    @Override
    public void triedAgain(int worker, Task task) {
        synchronized (this) {
            if (outcomes.containsKey(task.id()) || !starts.containsKey(task.id())) {
                throw new IllegalStateException(task.name() + " cannot be tried again");
            }
            retries++;
        }
    }

    @Override
    public void workerDied(int worker, String report) {
        synchronized (this) {
            deaths.add(report);
        }
    }

    public synchronized int deferred() {
        return deferred;
    }

    public synchronized int retries() {
        return retries;
    }

    public synchronized List<String> deaths() {
        return List.copyOf(deaths);
    }

    public synchronized Set<Integer> workers() {
        return Set.copyOf(workers);
    }

    public synchronized int finished() {
        return outcomes.size();
    }

    /** How often a task was begun. */
    public synchronized int starts(Task task) {
        return starts.getOrDefault(task.id(), 0);
    }

    public synchronized Outcome outcome(Task task) {
        Outcome outcome = outcomes.get(task.id());
        if (outcome == null) {
            throw new IllegalStateException(task.name() + " has no outcome");
        }
        return outcome;
    }

    /** The names of tasks by what became of them: done, or the kind of failure. */
    public synchronized Map<String, List<String>> ends(List<Task> tasks) {
        return tasks.stream()
                .collect(
                        Collectors.groupingBy(
                                task ->
                                        switch (outcomes.get(task.id())) {
                                            case null -> "none";
                                            case Outcome.Done done -> "done";
                                            case Outcome.Failed failed -> "failed " + failed.kind();
                                            case Outcome.Quarantined quarantined ->
                                                    "quarantined " + quarantined.kind();
                                        },
                                Collectors.mapping(Task::name, Collectors.toList())));
    }
}
