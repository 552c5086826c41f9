package imgpipe.transfer;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells people of hosts that are left alone, in a sentence when it begins and one when it is over,
 * however many pictures wait meanwhile.
 *
 * <p>A host that comes and goes, as one that limits the rate does, would be told of every second:
 * within {@link #QUIET} it is told of again only when it stays away for {@value #PROBES} probes.
 * When a whole network is away, as many hosts are as a list may have: {@value #MOST} are told of
 * within that time. What did not begin in words does not end in words. Safe for use by several
 * threads.
 */
public final class Outages {
    static final Duration QUIET = Duration.ofMinutes(1);
    static final int PROBES = 3;
    static final int MOST = 5;

    /** Hosts that memory is kept for. */
    private static final int REMEMBERED = 1000;

    private final String way;
    private final Consumer<String> news;

    /** When hosts were told of, by the clock that calls bring; the last one is the latest. */
    private final Deque<Long> told = new ArrayDeque<>();

    /** The first was told of longest ago. */
    private final Map<String, Told> hosts = new LinkedHashMap<>();

    private record Told(long at, boolean away, String name) {}

    /**
     * Nothing has happened yet.
     *
     * @param way where transfers go, {@code from} a host or {@code to} it
     * @param news gets the sentences; is called while a host's other transfers wait
     */
    public Outages(String way, Consumer<String> news) {
        this.way = way;
        this.news = news;
    }

    /**
     * A host is left alone, or still is.
     *
     * @param probes that have failed so far
     * @param pause until the next one
     * @param now in nanoseconds since some moment
     */
    synchronized void away(
            String host, int probes, Duration pause, StoreException fault, long now) {
        Told before = hosts.get(host);
        if (before != null && (before.away() || (isLately(before.at(), now) && probes < PROBES))) {
            return;
        }
        while (!told.isEmpty() && !isLately(told.getFirst(), now)) {
            told.removeFirst();
        }
        if (told.size() == MOST) {
            return;
        }
        told.addLast(now);
        String name = name(host, fault);
        remember(host, new Told(now, true, name));
        news.accept(
                "transfers %s %s wait: %s, %d times in a row; one of them tries again in %d s, then less and less often for about a minute%s"
                        .formatted(
                                way,
                                name,
                                answer(fault),
                                HostGate.FAULTS + probes,
                                pause.toSeconds(),
                                told.size() == MOST
                                        ? "; of further hosts nothing is said for a minute"
                                        : ""));
    }

    /**
     * A host answers again.
     *
     * @param after how long it was left alone
     */
    synchronized void back(String host, Duration after, long now) {
        String name = end(host, now);
        if (!name.isEmpty()) {
            news.accept(
                    "transfers %s %s go on after %d s: it answers again"
                            .formatted(way, name, after.toSeconds()));
        }
    }

    /**
     * A host is not waited for any more.
     *
     * @param after how long it was left alone
     */
    synchronized void givenUp(String host, Duration after, StoreException fault, long now) {
        String name = end(host, now);
        if (!name.isEmpty()) {
            news.accept(
                    "transfers %s %s are given up after %d s: %s"
                            .formatted(way, name, after.toSeconds(), answer(fault)));
        }
    }

    /** The name under which its beginning was told; empty if it was not. */
    private String end(String host, long now) {
        Told before = hosts.get(host);
        if (before == null || !before.away()) {
            return "";
        }
        remember(host, new Told(now, false, before.name()));
        return before.name();
    }

    private void remember(String host, Told what) {
        hosts.remove(host);
        hosts.put(host, what);
        if (hosts.size() > REMEMBERED) {
            hosts.remove(hosts.keySet().iterator().next());
        }
    }

    private static boolean isLately(long then, long now) {
        return now - then < QUIET.toNanos();
    }

    /** A bucket has a name that could be anything's. */
    private static String name(String host, StoreException fault) {
        return fault.sentence().startsWith("s3://" + host) ? "s3://" + host : host;
    }

    /** What was wrong, without the address of the one picture that saw it. */
    private static String answer(StoreException fault) {
        String sentence = fault.sentence();
        int end = sentence.indexOf(": ");
        return Addresses.scheme(sentence).isPresent() && end > 0
                ? sentence.substring(end + 2)
                : sentence;
    }
}
