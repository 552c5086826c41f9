package imgpipe.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Where it was measured.
 *
 * @param cpu its name, or empty where the system does not tell
 * @param cores that this JVM may use
 * @param java version
 * @param os name, version and architecture
 * @param collectors of garbage, those of this JVM
 */
public record Machine(String cpu, int cores, String java, String os, String collectors) {
    /** This one. */
    public static Machine here() {
        return new Machine(
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
    }

    private static String cpuName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** On one line. */
    @Override
    public String toString() {
        return (cpu.isEmpty() ? "" : cpu + ", ")
                + cores
                + (cores == 1 ? " core, Java " : " cores, Java ")
                + java
                + ", "
                + os;
    }
}
