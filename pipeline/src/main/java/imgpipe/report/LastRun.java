package imgpipe.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import imgpipe.job.ReadableName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * What the job folder tells of the last run.
 *
 * @param sums the numbers of {@code summary.json} by name; none if the run was killed
 * @param words its texts by name, such as {@code verb} and {@code stopped}
 * @param slowest the pictures that took longest, the slowest first
 * @param failures how many failed, by kind and status
 * @param examples the first of them, by the same
 */
public record LastRun(
        Map<String, Double> sums,
        Map<String, String> words,
        List<JobLogLine> slowest,
        Map<String, Long> failures,
        Map<String, List<String>> examples) {
    private static final String SUMMARY = "summary.json";
    private static final int SLOWEST = 5;
    private static final int EXAMPLES = 10;

    public LastRun {
        sums = Map.copyOf(sums);
        words = Map.copyOf(words);
        slowest = List.copyOf(slowest);
    }

    /**
     * Keeps the sums of a run for later. The file is there whole or not at all.
     *
     * @param folder the job folder; exists
     * @param json as {@link SummaryJson} makes it
     */
    public static void save(Path folder, String json) throws IOException {
        // Not a temporary file of Java's, which others may not read; the folder is locked.
        Path temporary = folder.resolve(SUMMARY + ".tmp");
        try {
            Files.writeString(temporary, json, StandardCharsets.UTF_8);
            Files.move(temporary, folder.resolve(SUMMARY), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Forgets the sums of the run before, so that those of a killed run are not taken for its own.
     */
    public static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(SUMMARY));
    }

    /** Reads what is there; empty if no run left anything in this folder. */
    public static Optional<LastRun> read(Path folder) throws IOException {
        Path summary = folder.resolve(SUMMARY);
        Path log = folder.resolve(JobLog.NAME);
        if (!Files.exists(summary) && !Files.exists(log)) {
            return Optional.empty();
        }
        Map<String, Double> sums = new HashMap<>();
        Map<String, String> words = new HashMap<>();
        if (Files.exists(summary)) {
            readUnlessTorn(summary, sums, words);
        }
        PriorityQueue<JobLogLine> slowest =
                new PriorityQueue<>(Comparator.comparingDouble(JobLogLine::seconds));
        Map<String, Long> failures = new TreeMap<>();
        Map<String, List<String>> examples = new TreeMap<>();
        if (Files.exists(log)) {
            // Bytes that are no text are passed over: a crash may tear a line in a letter.
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    Files.newInputStream(log), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JobLogLine.parse(line)
                            .ifPresent(entry -> count(entry, slowest, failures, examples));
                }
            }
        }
        List<JobLogLine> sorted = new ArrayList<>(slowest);
        sorted.sort(Comparator.comparingDouble(JobLogLine::seconds).reversed());
        return Optional.of(new LastRun(sums, words, sorted, failures, examples));
    }

    private static void count(
            JobLogLine entry,
            PriorityQueue<JobLogLine> slowest,
            Map<String, Long> failures,
            Map<String, List<String>> examples) {
        if (!entry.isDone()) {
            String kind = entry.kind() + " " + entry.status();
            failures.merge(kind, 1L, Long::sum);
            List<String> names = examples.computeIfAbsent(kind, _ -> new ArrayList<>());
            if (names.size() < EXAMPLES) {
                names.add(entry.source());
            }
        }
        if (entry.sequence() > 0) {
            slowest.add(entry);
            if (slowest.size() > SLOWEST) {
                slowest.remove();
            }
        }
    }

    /** A summary that a crash or a full disk tore is none. */
    private static void readUnlessTorn(
            Path summary, Map<String, Double> sums, Map<String, String> words) throws IOException {
        try {
            read(summary, sums, words);
        } catch (JsonProcessingException e) {
            sums.clear();
            words.clear();
        }
    }

    /** The numbers and texts at the top of the object; what is nested is skipped. */
    private static void read(Path summary, Map<String, Double> sums, Map<String, String> words)
            throws IOException {
        // As text: of bytes the parser guesses the character set, and fails otherwise than at JSON.
        try (JsonParser json =
                new JsonFactory()
                        .createParser(
                                new String(Files.readAllBytes(summary), StandardCharsets.UTF_8))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isNumeric()) {
                    sums.put(name, json.getDoubleValue());
                } else if (value == JsonToken.VALUE_STRING) {
                    words.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /**
     * The report as text, ending in a line feed.
     *
     * @param isGoingOn whether a run is, which has no sums before its end
     */
    public String text(boolean isGoingOn) {
        StringBuilder text = new StringBuilder();
        if (isGoingOn || sums.isEmpty()) {
            text.append(
                    isGoingOn
                            ? "A run is going on; these are the pictures that it has done so far.\n"
                            : "The last run did not come to its end; the same command goes on.\n");
        } else {
            text.append(summary());
        }
        if (!isGoingOn && hasSkippedAll()) {
            // Such a run leaves the job log of the one before alone.
            return text.toString();
        }
        if (!slowest.isEmpty()) {
            text.append("\nSlowest\n");
            for (JobLogLine line : slowest) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  %10s  %8s  %s\n",
                                Units.time(Duration.ofMillis(Math.round(line.seconds() * 1000))),
                                Units.bytes(line.bytesIn()),
                                ReadableName.oneLine(line.source())));
            }
        }
        if (!failures.isEmpty()) {
            text.append("\nFailures\n");
            failures.forEach((kind, count) -> text.append(failures(kind, count)));
        }
        return text.toString();
    }

    private boolean hasSkippedAll() {
        return !sums.isEmpty() && sum("skipped") == sum("found");
    }

    private String failures(String kind, long count) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "  %10s  %s\n", Units.count(count), kind));
        List<String> names = examples.getOrDefault(kind, List.of());
        for (String name : names) {
            text.repeat(' ', 16).append(ReadableName.oneLine(name)).append('\n');
        }
        if (count > names.size()) {
            text.repeat(' ', 16).append("and ").append(Units.count(count - names.size()));
            text.append(" more\n");
        }
        return text.toString();
    }

    private String summary() {
        StringBuilder text = new StringBuilder("Last run\n");
        if (words.containsKey("in") && words.containsKey("out")) {
            word(text, words.getOrDefault("verb", ""), words.get("in") + " → " + words.get("out"));
        }
        if (words.containsKey("ended")) {
            word(text, "ended", words.get("ended") + ", exit code " + sum("exitCode"));
        }
        if (words.containsKey("stopped")) {
            String reason = words.containsKey("reason") ? ": " + words.get("reason") : "";
            word(text, "stopped", words.get("stopped") + reason + "; the same command goes on");
        }
        for (String state :
                List.of("done", "skipped", "failed", "quarantined", "notStarted", "found")) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %10s  %s\n",
                            Units.count(sum(state)),
                            state.equals("notStarted") ? "not started" : state));
        }
        Duration time = Duration.ofMillis(Math.round(sums.getOrDefault("seconds", 0.0) * 1000));
        text.append(String.format(Locale.ROOT, "  %10s  with ", Units.time(time)));
        text.append(Units.counted(sum("workers"), "worker")).append("; ");
        text.append(Units.number(sums.getOrDefault("imagesPerSecond", 0.0)))
                .append(" pictures/s, ");
        text.append(Units.number(sums.getOrDefault("megapixelsPerSecond", 0.0))).append(" MP/s\n");
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %10s  in, %s out\n",
                        Units.bytes(sum("bytesIn")),
                        Units.bytes(sum("bytesOut"))));
        if (sum("workerDeaths") > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %10s  worker deaths, %s retries\n",
                            Units.count(sum("workerDeaths")),
                            Units.count(sum("retries"))));
        }
        return text.toString();
    }

    private static void word(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %10s  %s\n", name, ReadableName.oneLine(value)));
    }

    private long sum(String name) {
        return Math.round(sums.getOrDefault(name, 0.0));
    }
}
