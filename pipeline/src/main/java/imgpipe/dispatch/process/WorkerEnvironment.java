package imgpipe.dispatch.process;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a worker sees of the coordinator's environment: what says where things are and in which
 * letters, and nothing that could be a secret. Options for its JVM come from {@code
 * IMGPIPE_WORKER_OPTS} alone.
 */
final class WorkerEnvironment {
    private static final Set<String> KEPT =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "TZ",
                    "LANG",
                    "LANGUAGE",
                    "TMPDIR",
                    "XDG_CACHE_HOME",
                    "XDG_CONFIG_HOME",
                    "XDG_DATA_HOME",
                    "XDG_DATA_DIRS",
                    "IMGPIPE_NATIVE",
                    "LIBHEIF_PLUGIN_PATH");

    private static final List<String> KEPT_BEGINNINGS =
            List.of("LC_", "LD_", "DYLD_", "MALLOC_", "GLIBC_", "FONTCONFIG_");

    private WorkerEnvironment() {}

    /** Takes everything else away. */
    static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(
                        name ->
                                !KEPT.contains(name)
                                        && KEPT_BEGINNINGS.stream().noneMatch(name::startsWith));
    }
}
