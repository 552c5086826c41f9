package imgpipe.dispatch.process;

import imgpipe.dispatch.process.confine.Access;
import imgpipe.dispatch.process.confine.Grant;
import imgpipe.dispatch.process.confine.Interpreter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a worker is made of: the files of Java, the shell that becomes it, native libraries, fonts
 * and what the C library and the JVM want to know of the machine. Paths that are not there on this
 * machine do no harm.
 */
final class WorkerFiles {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /**
     * Libraries, also of systems that keep all of them elsewhere; fonts; time zones and languages;
     * processors and cgroups. The kernel keeps a confined process from the environment, the memory
     * and the open files of all processes that are not confined with it, also by way of /proc.
     */
    private static final List<String> SYSTEM =
            List.of(
                    "/usr/lib",
                    "/usr/lib64",
                    "/lib",
                    "/lib64",
                    "/usr/local/lib",
                    "/usr/local/lib64",
                    "/nix/store",
                    "/gnu/store",
                    "/etc/ld.so.cache",
                    "/etc/ld.so.preload",
                    "/etc/ld-musl-x86_64.path",
                    "/etc/ld-musl-aarch64.path",
                    "/etc/fonts",
                    "/usr/share/fonts",
                    "/usr/share/fontconfig",
                    "/usr/local/share/fonts",
                    "/var/cache/fontconfig",
                    "/etc/localtime",
                    "/etc/timezone",
                    "/usr/share/zoneinfo",
                    "/usr/share/locale",
                    "/proc",
                    "/sys/fs/cgroup",
                    "/sys/devices/system",
                    "/sys/kernel/mm",
                    "/dev/random",
                    "/dev/urandom",
                    "/dev/zero");

    /** Fonts and their cache, below the home folder. */
    private static final List<String> HOME =
            List.of(
                    ".fonts",
                    ".fonts.conf",
                    ".fonts.conf.d",
                    ".local/share/fonts",
                    ".config/fontconfig",
                    ".cache/fontconfig",
                    ".cache/imgpipe/native");

    private final List<Grant> grants = new ArrayList<>();

    private WorkerFiles() {}

    /**
     * All of it.
     *
     * @param classPath of the worker
     * @param environment of the worker
     * @param jvmArguments of the worker
     */
    static List<Grant> of(
            String classPath, Map<String, String> environment, List<String> jvmArguments) {
        WorkerFiles files = new WorkerFiles();
        files.grants.addAll(Program.GRANTS);
        for (String argument : jvmArguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("-XX:AOTCache=")) {
                files.read(value);
            } else if (argument.startsWith("-XX:AOTConfiguration=")) {
                // Where one writes down what a cache is then made of.
                files.makeBeside(value);
            }
        }
        files.readEach(classPath);
        files.fromEnvironment(environment);
        return files.grants;
    }

    private void fromEnvironment(Map<String, String> environment) {
        for (String name :
                List.of(
                        "IMGPIPE_NATIVE",
                        "LIBHEIF_PLUGIN_PATH",
                        "LD_LIBRARY_PATH",
                        "FONTCONFIG_FILE",
                        "FONTCONFIG_PATH")) {
            readEach(environment.getOrDefault(name, ""));
        }
        for (String library : environment.getOrDefault("LD_PRELOAD", "").split("[ :]")) {
            read(library);
        }
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            HOME.forEach(name -> read(home + "/" + name));
        }
        below(environment, "XDG_CACHE_HOME", "fontconfig", "imgpipe/native");
        below(environment, "XDG_CONFIG_HOME", "fontconfig");
        below(environment, "XDG_DATA_HOME", "fonts");
        // Where codecs are put that the cache has no room for.
        String temporary = environment.getOrDefault("TMPDIR", "/tmp");
        try {
            read(temporary + "/imgpipe-native-" + Files.getAttribute(JAVA_SELF, "unix:uid"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return;
        }
    }

    private static final Path JAVA_SELF = Path.of("/proc/self");

    private void below(Map<String, String> environment, String variable, String... names) {
        String folder = environment.getOrDefault(variable, "");
        if (!folder.isEmpty()) {
            for (String name : names) {
                read(folder + "/" + name);
            }
        }
    }

    private void readEach(String paths) {
        for (String path : paths.split(File.pathSeparator)) {
            read(path);
        }
    }

    private void read(String path) {
        try {
            if (!path.isEmpty()) {
                grants.add(new Grant(Path.of(path), Access.READ));
            }
        } catch (InvalidPathException notHere) {
            // In this locale nobody can name it.
            return;
        }
    }

    private void makeBeside(String path) {
        Path folder = Path.of(path).toAbsolutePath().getParent();
        if (folder != null) {
            grants.add(new Grant(folder, Access.MAKE));
        }
    }

    /** What does not change while we run. */
    private static final class Program {
        private static final List<Grant> GRANTS = grants();

        private Program() {}

        private static List<Grant> grants() {
            List<Grant> grants = new ArrayList<>();
            SYSTEM.forEach(path -> grants.add(new Grant(Path.of(path), Access.READ)));
            grants.add(new Grant(Path.of("/dev/null"), Access.WRITE));
            grants.add(new Grant(JAVA_HOME, Access.READ));
            links(JAVA_HOME.resolve("conf"), grants);
            links(JAVA_HOME.resolve("lib"), grants);
            grants.add(new Grant(JAVA_HOME.resolve("lib/jspawnhelper"), Access.EXECUTE));
            execute(JAVA_HOME.resolve("bin/java"), grants);
            execute(WorkerCommand.SHELL, grants);
            return List.copyOf(grants);
        }

        private static void execute(Path program, List<Grant> grants) {
            grants.add(new Grant(program, Access.EXECUTE));
            Interpreter.of(program)
                    .ifPresent(loader -> grants.add(new Grant(loader, Access.EXECUTE)));
        }

        /** Distributions keep a JDK's settings in /etc, and have links to them where they were. */
        private static void links(Path folder, List<Grant> grants) {
            try (Stream<Path> links =
                    Files.find(folder, 2, (file, attributes) -> attributes.isSymbolicLink())) {
                links.forEach(link -> grants.add(new Grant(link, Access.READ)));
            } catch (IOException | UncheckedIOException unreadable) {
                return;
            }
        }
    }
}
