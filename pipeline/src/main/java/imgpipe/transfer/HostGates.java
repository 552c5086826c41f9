package imgpipe.transfer;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The gates of all hosts. Forgets a host that nobody is at and that is well; of others that nobody
 * is at it keeps {@value #IDLE}, so that memory does not grow with the number of hosts in a list.
 * Safe for use by several threads.
 */
final class HostGates {
    /**
     * A host that is given up is one of these; of a list with more of them, some are tried anew.
     */
    static final int IDLE = 10_000;

    private final int most;
    private final Time time;
    private final RandomGenerator random;
    private final Outages outages;
    private final Map<String, Visited> busy = new HashMap<>();

    /** The first has been left longest ago. */
    private final Map<String, HostGate> idle = new LinkedHashMap<>();

    private static final class Visited {
        final HostGate gate;
        int visitors;

        Visited(HostGate gate) {
            this.gate = gate;
        }
    }

    /** Gates for so many attempts each. */
    HostGates(int most, Time time, RandomGenerator random, Outages outages) {
        this.most = most;
        this.time = time;
        this.random = random;
        this.outages = outages;
    }

    /** The gate of a host, which is kept until {@link #left}. */
    synchronized HostGate visit(String host) {
        Visited visited = busy.get(host);
        if (visited == null) {
            HostGate known = idle.remove(host);
            visited =
                    new Visited(
                            known == null
                                    ? new HostGate(host, most, time, random, outages)
                                    : known);
            busy.put(host, visited);
        }
        visited.visitors++;
        return visited.gate;
    }

    /** A visit is over. */
    synchronized void left(String host) {
        Visited visited = busy.get(host);
        if (visited == null || --visited.visitors > 0) {
            return;
        }
        busy.remove(host);
        if (!visited.gate.isHealthy()) {
            idle.put(host, visited.gate);
            if (idle.size() > IDLE) {
                Iterator<String> eldest = idle.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
    }

    /** How many hosts are remembered. */
    synchronized int size() {
        return busy.size() + idle.size();
    }
}
