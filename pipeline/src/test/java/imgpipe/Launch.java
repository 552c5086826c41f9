package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start of a program with no environment but what is said here, as {@code env -i} gives it. By
 * itself that names a home folder and the distribution that the build made, and allows no fetching.
 *
 * @param folder where it runs; its output goes to files there whose names begin with {@code .}
 * @param home the home folder
 * @param environment further variables
 */
record Launch(Path folder, Path home, Map<String, String> environment) {
    /** The script that is tested. */
    static final Path LAUNCHER = Path.of("..", "scripts", "imgpipe");

    private static final int LIMIT_SECONDS = 100;

    /** How it ended: exit value, standard output and standard error. */
    record Ended(int code, String output, String error) {
        /** A number of the object that {@code --json} prints. */
        long json(String field) {
            Matcher value = Pattern.compile("\"" + field + "\" : (\\d+)").matcher(output);
            assertThat(value.find()).as("%s in %s%s", field, output, error).isTrue();
            return Long.parseLong(value.group(1));
        }

        /**
         * Over a network that disturbs a tenth of all requests: how many pictures four disturbances
         * in a row have befallen, as happens to one in 10,000. They are named, and are what the
         * exit code tells of; all others are done.
         */
        long failedOverNetwork(int pictures) {
            long failed = json("failed");
            assertThat(failed).as(error).isLessThan(4);
            assertThat(code).as(error).isEqualTo(failed == 0 ? 0 : 3);
            assertThat(json("done")).isEqualTo(pictures - failed);
            assertThat(error.lines().filter(line -> line.contains(": HTTP: ")))
                    .hasSize((int) failed);
            return failed;
        }
    }

    /** While it runs. */
    final class Running {
        private final Process process;

        private Running(Process process) {
            this.process = process;
        }

        /** The process itself; the launcher becomes the JVM, under the same number. */
        Process process() {
            return process;
        }

        /** Waits for its end. */
        Ended end() throws IOException, InterruptedException {
            try {
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
            } finally {
                process.children().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Ended(process.exitValue(), read(".output"), read(".error"));
        }
    }

    private String read(String name) throws IOException {
        // Not all bytes that a program prints need be text.
        return new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.UTF_8);
    }

    /** The distribution that the build made. */
    static Path distribution() throws IOException {
        return Path.of("target", "imgpipe").toRealPath();
    }

    /** Runs imgpipe. */
    Ended imgpipe(String... arguments) throws IOException, InterruptedException {
        return start(LAUNCHER, arguments).end();
    }

    /** Starts a program; what is in the file {@code .input} there, if it exists, is its input. */
    Running start(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst(program.toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("IMGPIPE_HOME", distribution().toString());
        builder.environment().put("IMGPIPE_OFFLINE", "1");
        builder.environment().put("IMGPIPE_AOT", "off");
        builder.environment().putAll(environment);
        builder.directory(folder.toFile());
        builder.redirectOutput(folder.resolve(".output").toFile());
        builder.redirectError(folder.resolve(".error").toFile());
        Path input = folder.resolve(".input");
        if (Files.exists(input)) {
            builder.redirectInput(input.toFile());
        }
        return new Running(builder.start());
    }
}
