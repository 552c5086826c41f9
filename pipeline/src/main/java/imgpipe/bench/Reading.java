package imgpipe.bench;

import imgpipe.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says in sentences what the figures mean. Each sentence follows from the figures by a rule that
 * stands here.
 */
public final class Reading {
    /** Below this part of its fair speed-up, a form is asked what holds it back. */
    private static final double POOR_EFFICIENCY = 0.93;

    /** A picture that costs so many times as much CPU time costs more. */
    private static final double COSTLIER = 1.05;

    /** Cores less busy than this were not all to be had, or not asked for. */
    private static final double BUSY = 0.95;

    /** Garbage collection that takes less of the time explains nothing. */
    private static final double NOTABLE_GC = 0.01;

    private final Result result;
    private final int most;

    /** Cores that so many workers can have. */
    private final int cores;

    private final Figures threads;
    private final Figures processes;
    private final List<String> sentences = new ArrayList<>();

    private Reading(Result result) {
        this.result = result;
        most = result.most();
        cores = Math.min(most, result.machine().cores());
        threads = result.of(Form.THREADS, most).orElseThrow();
        processes = result.of(Form.PROCESSES, most).orElseThrow();
    }

    /** The sentences on a result in which threads and processes have figures. */
    public static String of(Result result) {
        return new Reading(result).text();
    }

    private String text() {
        rates();
        verdict();
        disturbance();
        garbage();
        efficiency(threads, "threads");
        efficiency(processes, "processes");
        startUp();
        return String.join(" ", sentences);
    }

    private void rates() {
        if (most == 1) {
            say(
                    "A worker process makes %s pictures a second, a thread %s, a plain loop %s."
                            .formatted(rate(processes), rate(threads), rate(result.baseline())));
            return;
        }
        say(
                ("%s worker processes make %s pictures a second, %s times what one makes; %s"
                                + " threads %s, %s times one.")
                        .formatted(
                                most,
                                rate(processes),
                                times(processes, Form.PROCESSES),
                                most,
                                rate(threads),
                                times(threads, Form.THREADS)));
    }

    private static String rate(Figures figures) {
        return Units.number(figures.rate().median());
    }

    private String times(Figures figures, Form form) {
        Figures one = result.of(form, 1).orElseThrow();
        return two(figures.timesAsFastAs(one).median());
    }

    private void verdict() {
        Spread lead = processes.timesAsFastAs(threads);
        if (result.rounds() == 1) {
            say(
                    "%s were %s faster, but one round shows no spread; measure more."
                            .formatted(
                                    lead.median() >= 1 ? "Processes" : "Threads",
                                    percent(gain(lead.median()))));
            return;
        }
        if (lead.min() <= 1 && lead.max() >= 1) {
            say(
                    ("Between them there is no difference beyond the spread (processes are %s to %s"
                                    + " times as fast as threads).")
                            .formatted(two(lead.min()), two(lead.max())));
            return;
        }
        boolean processesWin = lead.median() > 1;
        Figures winner = processesWin ? processes : threads;
        Figures loser = processesWin ? threads : processes;
        double least = processesWin ? lead.min() : 1 / lead.max();
        double greatest = processesWin ? lead.max() : 1 / lead.min();
        double median = processesWin ? lead.median() : 1 / lead.median();
        say(
                "%s win by %s (%s to %s)%s."
                        .formatted(
                                processesWin ? "Processes" : "Threads",
                                percent(gain(median)),
                                percent(gain(least)),
                                percent(gain(greatest)),
                                why(winner, loser, gain(median))));
    }

    /** The first of these that makes up half of the lead or more. */
    private String why(Figures winner, Figures loser, double lead) {
        double cpu = loser.cpuPerPicture() / winner.cpuPerPicture() - 1;
        double idle = winner.coresBusy() / loser.coresBusy() - 1;
        double gc = loser.contender().form() == Form.THREADS ? loser.gcShare() : 0;
        if (gc >= lead / 2) {
            return ", as garbage collection stops all threads at once";
        }
        if (cpu >= lead / 2) {
            return ", as a picture costs them %s less CPU time"
                    .formatted(percent(1 - winner.cpuPerPicture() / loser.cpuPerPicture()));
        }
        if (idle >= lead / 2) {
            return ", as they keep %s of their cores busy, the others %s"
                    .formatted(
                            percent(winner.coresBusy() / cores),
                            percent(loser.coresBusy() / cores));
        }
        return "";
    }

    private static double gain(double times) {
        return times >= 1 ? times - 1 : 1 / times - 1;
    }

    private void disturbance() {
        if (result.figures().stream().anyMatch(Figures::disturbed)) {
            say(
                    "Some laps took much longer than others for the same CPU time: something else"
                            + " was running, so measure again when nothing does.");
        }
    }

    private void garbage() {
        double share = threads.gcShare();
        say(
                (share >= NOTABLE_GC
                                ? "Garbage collection, which stops all threads at once, took %s of"
                                        + " the threads' time."
                                : "Garbage collection took %s of the threads' time, too little to"
                                        + " matter.")
                        .formatted(percent(share)));
    }

    private void efficiency(Figures figures, String name) {
        if (most == 1) {
            return;
        }
        Figures one = result.of(figures.contender().form(), 1).orElseThrow();
        double efficiency = figures.timesAsFastAs(one).median() / cores;
        if (efficiency >= POOR_EFFICIENCY) {
            return;
        }
        double growth = figures.cpuPerPicture() / one.cpuPerPicture();
        boolean costlier = growth >= COSTLIER;
        double busy = figures.coresBusy() / cores;
        List<String> reasons = new ArrayList<>();
        if (costlier) {
            reasons.add(
                    "a picture costs %s more CPU time than with one at work, so they share memory"
                                    .formatted(percent(growth - 1))
                            + " bandwidth, caches or the halves of cores");
        }
        if (busy < BUSY) {
            reasons.add(
                    "only %s of their cores' time was spent on them, so something else was running"
                                    .formatted(percent(busy))
                            + " or they waited");
        }
        if (reasons.isEmpty()) {
            reasons.add("the cause does not show in CPU time");
        }
        say(
                "%s %s on %s have %s of the speed that one had on one core, times %s: %s."
                        .formatted(
                                most,
                                name,
                                Units.counted(cores, "core"),
                                percent(efficiency),
                                cores,
                                String.join("; ", reasons)));
    }

    private void startUp() {
        if (processes.startUp().isPresent()) {
            double seconds = processes.startUp().getAsDouble();
            say(
                    ("Start-up is not in these figures: it takes %s s from the start of %s to the"
                                    + " first picture, a time in which %s would be made.")
                            .formatted(
                                    two(seconds),
                                    most == 1 ? "a worker process" : most + " worker processes",
                                    Units.counted(
                                            Math.round(seconds * processes.rate().median()),
                                            "picture")));
        }
    }

    private void say(String sentence) {
        sentences.add(sentence);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** With one digit behind the point below 10 %. */
    private static String percent(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }
}
