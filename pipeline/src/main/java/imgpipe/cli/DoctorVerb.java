package imgpipe.cli;

import imgpipe.codec.Codec;
import imgpipe.codec.Codecs;
import imgpipe.codec.ffm.HeifCodec;
import imgpipe.codec.ffm.Libdeflate;
import imgpipe.codec.ffm.NativeLibrary;
import imgpipe.codec.ffm.TurboJpegCodec;
import imgpipe.codec.ffm.WebpCodec;
import imgpipe.dispatch.MemoryPlan;
import imgpipe.dispatch.process.confine.Confinement;
import imgpipe.image.ImageFormat;
import imgpipe.job.ReadableName;
import imgpipe.job.Runners;
import imgpipe.report.Units;
import imgpipe.shard.Limits;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code doctor}: a line for each thing that imgpipe needs or likes to have, and below those that
 * are amiss what to do. Missing things make it slower, or are said again by the run that needs
 * them; so the exit code is 0.
 */
final class DoctorVerb {
    private final StringBuilder text = new StringBuilder();
    private int remarks;

    private DoctorVerb() {}

    static ExitCode run(Terminal terminal) {
        terminal.out(new DoctorVerb().report());
        return ExitCode.OK;
    }

    private String report() {
        fine("imgpipe", Version.text());
        java();
        machine();
        memory();
        codecs();
        names();
        temporaryFolder();
        namedPipes();
        sandbox();
        vectors();
        text.append(
                remarks == 0
                        ? "\nNothing is missing.\n"
                        : "\n" + Units.counted(remarks, "remark") + ", marked with !\n");
        return text.toString();
    }

    private void java() {
        fine("Java", Runtime.version() + ", " + System.getProperty("java.home"));
    }

    /** What the JVM sees of the machine, which is what a cgroup leaves of it. */
    private void machine() {
        String cores = Units.counted(Runtime.getRuntime().availableProcessors(), "core");
        fine(
                "machine",
                cores
                        + ", "
                        + Units.bytes(Runners.machineMemory())
                        + " memory"
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch"));
    }

    /** As a run without options would have it. */
    private void memory() {
        long machine = Runners.machineMemory();
        int workers =
                Math.min(
                        Runtime.getRuntime().availableProcessors(),
                        MemoryPlan.mostWorkers(machine));
        fine("memory", PlanText.of(MemoryPlan.of(machine, workers, 0, Limits.DEFAULT.maxPixels())));
    }

    private void codecs() {
        try (Codecs codecs = Codecs.ofThisMachine()) {
            fine(
                    "codecs",
                    codecs.all().stream().map(Codec::name).collect(Collectors.joining(", ")));
        }
        library(
                "libturbojpeg",
                TurboJpegCodec.search(),
                "JPEGs take two to three times as long",
                "libturbojpeg0 (Debian, Ubuntu), turbojpeg (Fedora) or jpeg-turbo (Homebrew)");
        library(
                "libdeflate",
                Libdeflate.search(),
                "PNGs take half as long again",
                "libdeflate0 (Debian, Ubuntu) or libdeflate (Fedora, Homebrew)");
        library(
                "libwebp",
                WebpCodec.search(),
                "WebPs take several times as long and lose quality",
                "libwebp7 (Debian, Ubuntu), libwebp (Fedora) or webp (Homebrew)");
        library(
                "libwebpdemux",
                WebpCodec.searchDemux(),
                "of animated WebPs only the first frame is read and written",
                "libwebpdemux2 (Debian, Ubuntu), libwebp (Fedora) or webp (Homebrew)");
        library(
                "libwebpmux",
                WebpCodec.searchMux(),
                "of animated WebPs only the first frame is read and written",
                "libwebpmux3 (Debian, Ubuntu), libwebp (Fedora) or webp (Homebrew)");
        library(
                "libheif",
                HeifCodec.search(),
                "HEIC and AVIF are neither read nor written",
                "libheif1 (Debian, Ubuntu) or libheif (Fedora, Homebrew)");
        HeifCodec.load().ifPresent(this::heif);
    }

    /** It comes without what is under patents in some places, or leaves it to plugins. */
    private void heif(HeifCodec codec) {
        for (ImageFormat format : List.of(ImageFormat.HEIC, ImageFormat.AVIF)) {
            if (!codec.reads().contains(format)
                    || (format.writable() && !codec.writes().contains(format))) {
                amiss(
                        "libheif",
                        "here it does not "
                                + (codec.reads().contains(format) ? "write " : "read ")
                                + format,
                        "install " + HeifCodec.plugins(format));
            }
        }
        codec.close();
    }

    private void library(
            String name, NativeLibrary.Search search, String otherwise, String packages) {
        if (search.library().isPresent()) {
            fine(name, search.library().get().location());
        } else {
            amiss(
                    name,
                    "not found, so "
                            + otherwise
                            + "; looked at "
                            + String.join(", ", search.tried()),
                    "run scripts/fetch-native-codecs, or install " + packages);
        }
    }

    private void names() {
        String charset = System.getProperty("sun.jnu.encoding", "unknown");
        if (charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            fine("names", "in UTF-8, locale " + Locale.getDefault());
        } else {
            amiss(
                    "names",
                    "in " + charset + ": other characters cannot be given as arguments",
                    "set LC_ALL=C.UTF-8");
        }
        Charset output = System.out.charset();
        if (!output.equals(StandardCharsets.UTF_8)) {
            amiss("output", "in " + output + "; --json is UTF-8", "set LC_ALL=C.UTF-8");
        }
    }

    private void temporaryFolder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            FileStore store = Files.getFileStore(folder);
            if (Files.isWritable(folder)) {
                fine("temporary", folder + ", " + Units.bytes(store.getUsableSpace()) + " free");
                return;
            }
        } catch (IOException missing) {
            // The remark is the same.
        }
        amiss(
                "temporary",
                "nothing can be written to " + folder,
                "set JAVA_OPTS=-Djava.io.tmpdir=DIR to a folder of yours");
    }

    private void namedPipes() {
        Optional<Path> program =
                Arrays.stream(
                                Optional.ofNullable(System.getenv("PATH"))
                                        .orElse("/usr/bin:/bin")
                                        .split(File.pathSeparator, -1))
                        .flatMap(folder -> program(folder).stream())
                        .findFirst();
        if (program.isPresent()) {
            fine("named pipes", program.get().toString());
        } else {
            amiss(
                    "named pipes",
                    "no program mkfifo on the PATH, so no worker processes",
                    "install coreutils, or use --engine threads");
        }
    }

    private static Optional<Path> program(String folder) {
        try {
            return Optional.of(Path.of(folder, "mkfifo")).filter(Files::isExecutable);
        } catch (InvalidPathException notHere) {
            return Optional.empty();
        }
    }

    private void sandbox() {
        switch (Confinement.ofThisKernel()) {
            case Confinement.Landlock landlock ->
                    fine("sandbox", "workers are confined by " + landlock.text());
            case Confinement.Unavailable none when none.forbidden() ->
                    amiss(
                            "sandbox",
                            "workers are not confined: " + none.reason(),
                            "allow landlock_create_ruleset, landlock_add_rule and"
                                    + " landlock_restrict_self");
            case Confinement.Unavailable none ->
                    fine("sandbox", "workers are not confined: " + none.reason());
        }
    }

    /** Workers are started with the module; the coordinator does without. */
    private void vectors() {
        if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
            fine("vectors", "jdk.incubator.vector");
        } else {
            amiss(
                    "vectors",
                    "this Java lacks jdk.incubator.vector, so resizing is slower",
                    "use a full JDK 25");
        }
    }

    private void fine(String what, String is) {
        line("  ", what, is);
    }

    private void amiss(String what, String is, String mend) {
        remarks++;
        line("! ", what, is);
        line("  ", "", mend);
    }

    private void line(String mark, String what, String is) {
        text.append(mark).append(String.format(Locale.ROOT, "%-14s", what));
        text.append(ReadableName.oneLine(is)).append('\n');
    }
}
