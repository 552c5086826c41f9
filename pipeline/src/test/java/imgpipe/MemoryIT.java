package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import imgpipe.Launch.Running;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small and large pictures under a plan for memory that is too small for the large ones. */
@Timeout(120)
class MemoryIT {
    private static final int SMALL = 24;
    private static final Pattern HIGHEST = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    @TempDir private static Path temporary;

    private static Workplace place;

    @BeforeAll
    static void draw() throws Exception {
        place = new Workplace(temporary.toRealPath());
        Path first = place.picture("in/0.jpg", 1200, 900);
        for (int i = 1; i < SMALL; i++) {
            Files.copy(first, place.file("in/" + i + ".jpg"));
        }
        // First in the list and largest, so that it is met while others are still to be done.
        Files.write(place.file("in/50-megapixels.png"), png(8192, 6144));
    }

    private static List<String> command(String output, String... more) {
        List<String> command =
                new ArrayList<>(List.of("resize", "in", output, "--size", "300", "-j", "2"));
        command.addAll(List.of("--json", "-v"));
        command.addAll(List.of(more));
        return command;
    }

    private static Ended run(List<String> command) throws Exception {
        return place.imgpipe(command.toArray(String[]::new));
    }

    @Test
    void aPictureThatIsTooLargeForAWorkerIsDoneAloneWithTheSameResult() throws Exception {
        Ended roomy = run(command("roomy"));
        assertThat(roomy.code()).as(roomy.error()).isZero();
        assertThat(roomy.error()).doesNotContain("waits for more memory");
        Map<Long, Long> highest = new TreeMap<>();
        Running running =
                place.launch(Map.of())
                        .start(
                                Launch.LAUNCHER,
                                command("narrow", "--worker-memory", "400m")
                                        .toArray(String[]::new));
        while (!running.process().waitFor(20, TimeUnit.MILLISECONDS)) {
            running.process()
                    .children()
                    .forEach(child -> highest.merge(child.pid(), peak(child), Math::max));
        }
        Ended narrow = running.end();

        assertThat(narrow.code()).as(narrow.error()).isZero();
        assertThat(narrow.error()).contains("50-megapixels.png waits for more memory");
        assertThat(narrow.json("done")).isEqualTo(SMALL + 1);
        assertThat(narrow.json("workerDeaths")).isZero();
        assertThat(place.content("narrow")).isEqualTo(place.content("roomy"));
        List<Long> peaks = highest.values().stream().filter(peak -> peak > 0).sorted().toList();
        assertThat(peaks).as("workers").hasSizeBetween(2, 3);
        assertThat(peaks.getLast()).isBetween(200L << 20, 800L << 20);
        assertThat(peaks.subList(0, peaks.size() - 1)).allMatch(peak -> peak <= 400L << 20);
    }

    @Test
    void aPictureThatIsTooLargeForAllOfItIsRefusedWithTheFigures() throws Exception {
        Ended run = run(command("refused", "--worker-memory", "200m"));
        assertThat(run.code()).as(run.error()).isEqualTo(3);
        assertThat(run.json("done")).isEqualTo(SMALL);
        assertThat(run.json("failed")).isEqualTo(1);
        assertThat(run.json("workerDeaths")).isZero();
        assertThat(run.output())
                .contains("MEMORY")
                .containsPattern("it takes about \\d+ MB of Java heap and \\d+ MB beside it")
                .containsPattern("alone has 144 MB|alone has 15\\d MB")
                .contains("--worker-memory");
    }

    /** Bytes that were resident at most; 0 if it is gone, or still the shell. */
    private static long peak(ProcessHandle process) {
        try {
            String status =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
            Matcher found = HIGHEST.matcher(status);
            return found.find() && status.startsWith("Name:\tjava")
                    ? Long.parseLong(found.group(1)) * 1024
                    : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** RGB, 8 bits, with a pattern that compresses well, row by row. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated =
                new DeflaterOutputStream(data, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
            byte[] row = new byte[1 + 3 * width];
            for (int y = 0; y < height; y++) {
                if (y % 64 == 0) {
                    for (int x = 1; x < row.length; x++) {
                        row[x] = (byte) ((x >> 6) + y / 32);
                    }
                }
                deflated.write(row);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", data.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(name);
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
