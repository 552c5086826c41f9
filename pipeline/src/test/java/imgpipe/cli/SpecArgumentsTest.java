package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.ImageFormat;
import imgpipe.job.Bounds;
import imgpipe.job.EngineKind;
import imgpipe.job.Input;
import imgpipe.job.JobSpec;
import imgpipe.job.NameTemplate;
import imgpipe.job.Overwrite;
import imgpipe.operation.Resize;
import imgpipe.shard.Limits;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecArgumentsTest {
    @TempDir Path folder;
    private Path in;
    private Path out;

    @BeforeEach
    void makeInput() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
    }

    @Test
    void hasTheDefaultsThatHelpTells() throws UsageException {
        JobSpec spec = resize();

        assertThat(spec)
                .isEqualTo(
                        new JobSpec(
                                "resize",
                                List.of("resize", "--"),
                                new Input.Folder(in),
                                out,
                                null,
                                0,
                                spec.renditions(),
                                NameTemplate.MIRROR,
                                Overwrite.CHANGED,
                                false,
                                false,
                                false,
                                new Limits(
                                        100_000_000,
                                        1000,
                                        536_870_912,
                                        false,
                                        true,
                                        1,
                                        Limits.ALL_FRAMES),
                                EngineKind.PROCESSES,
                                Runtime.getRuntime().availableProcessors(),
                                new TransferSettings(
                                        16,
                                        16,
                                        3,
                                        Duration.ofMinutes(2),
                                        false,
                                        Set.of(),
                                        null,
                                        false),
                                1 << 30,
                                Duration.ofSeconds(30),
                                0,
                                true,
                                Bounds.NONE,
                                out.resolve(".imgpipe"),
                                null));
        assertThat(spec.renditions().getFirst().recipe())
                .hasToString("orient | resize 1600x1600 inside centre lanczos3 | color srgb");
    }

    @Test
    void understandsEveryKindOfValue() throws UsageException {
        JobSpec spec =
                resize(
                        "--timeout=500ms",
                        "--max-pixels=2G",
                        "--max-file=3k",
                        "--worker-memory=1g",
                        "-j3",
                        "--overwrite=never",
                        "--engine=threads",
                        "--name={stem}-x.{ext}",
                        "--job-dir=" + folder,
                        "--retries=0",
                        "--lenient",
                        "--no-fast-jpeg",
                        "--page=2",
                        "--frames=3",
                        "-n",
                        "--in-place");

        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(spec.limits())
                .isEqualTo(new Limits(2_000_000_000L, 1000, 3072, true, false, 2, 3));
        assertThat(spec.workerMemory()).isEqualTo(1_073_741_824L);
        assertThat(spec.workers()).isEqualTo(3);
        assertThat(spec.overwrite()).isEqualTo(Overwrite.NEVER);
        assertThat(spec.engine()).isEqualTo(EngineKind.THREADS);
        assertThat(spec.jobFolder()).isEqualTo(folder);
        assertThat(spec.network().retries()).isZero();
        assertThat(spec.dryRun()).isTrue();
        assertThat(spec.inPlace()).isTrue();
    }

    @Test
    void refusesWhatIsOutOfRangeAndNamesTheOption() {
        for (String option :
                List.of(
                        "--size=0x5",
                        "--size=70000",
                        "--size=",
                        "--size=0%",
                        "--fit=crop",
                        "--gravity=up",
                        "--kernel=cubic",
                        "--to=jpegxl",
                        "--to=psd",
                        "--quality=0",
                        "--quality=101",
                        "--quality=4.5",
                        "--chroma=411",
                        "--metadata=some",
                        "--max-bytes=0",
                        "--max-bytes=99999999999t",
                        "--min-savings=0",
                        "--min-savings=100%",
                        "--min-savings=-5%",
                        "--effort=0",
                        "--effort=10",
                        "--colors=1",
                        "--colors=257",
                        "--color=cmyk",
                        "--background=#12",
                        "--overwrite=maybe",
                        "--workers=0",
                        "--transfers=-1",
                        "--timeout=0",
                        "--timeout=1ms",
                        "--timeout=25h",
                        "--timeout=5x",
                        "--retries=x",
                        "--worker-memory=1k",
                        "--engine=spark",
                        "--max-pixels=0",
                        "--max-frames=0",
                        "--page=0",
                        "--frames=0",
                        "--max-file=1x",
                        "--job-dir=" + in + "/none\0")) {
            String name = option.substring(0, option.indexOf('='));
            assertThatThrownBy(() -> resize(option))
                    .as(option)
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith(name + " ")
                    .hasMessageNotContaining("\n");
        }
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--to=jpeg, --lossless, no lossless kind",
        "--to=webp, --colors=16, for png",
        "--to=png, --background=blurple, --background",
    })
    void refusesWhatNoOutputWouldShow(String to, String option, String part) {
        assertThatThrownBy(() -> resize(to, option))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(part);
    }

    @Test
    void cropsSmartlyWhereABoxIsCovered() throws UsageException {
        assertThat(resize("--size=200^", "--smart").renditions().getFirst().recipe().operations())
                .anyMatch(step -> step instanceof Resize resize && resize.smart());
        assertThatThrownBy(() -> resize("--size=200", "--smart"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("write --size 200x200^ or --fit cover");
    }

    @Test
    void writesWhatTheEncoderIsAskedForIntoTheRecipe() throws UsageException {
        assertThat(
                        resize("--to=png", "--min-savings=2.5%", "--effort=9", "--colors=16")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .toString())
                .endsWith("png chroma=420 savings=2.5 effort=9 colors=16");
        assertThat(
                        resize("--to=png", "--min-savings=5")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .toString())
                .endsWith(" savings=5");
    }

    @Test
    void coversABoxWithACaret() throws UsageException {
        assertThat(resize("--size=200x100^").renditions().getFirst().recipe())
                .isEqualTo(
                        resize("--size=200x100", "--fit=cover").renditions().getFirst().recipe());
        assertThatThrownBy(() -> resize("--size=200^", "--fit=pad"))
                .hasMessage("--size 200^ asks for cover and --fit for pad; leave one out");
    }

    @Test
    void flattensOnlyWhereTheTargetMayLackAlpha() throws UsageException {
        assertThat(resize("--background=red").renditions().getFirst().recipe().toString())
                .contains("flatten #ff0000");
        assertThat(
                        resize("--background=red", "--to=jpeg")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .toString())
                .contains("flatten #ff0000");
        assertThat(
                        resize("--background=red", "--to=png")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .toString())
                .doesNotContain("flatten");
    }

    @Test
    void writesThePolicyForMetadataIntoTheRecipe() throws UsageException {
        assertThat(
                        resize("--metadata=safe", "--to=png")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .toString())
                .endsWith("| png chroma=420 metadata=safe");
        assertThat(resize("--metadata=none", "--to=png").renditions().getFirst().recipe())
                .isEqualTo(resize("--to=png").renditions().getFirst().recipe());
    }

    @Test
    void writesBestIntoTheRecipe() throws UsageException {
        assertThat(resize("--best", "--size=800").renditions().getFirst().recipe())
                .hasToString("orient | resize 800x800 inside centre lanczos3 best | color srgb");
        assertThatThrownBy(
                        () -> spec("convert", in.toString(), out.toString(), "--to=png", "--best"))
                .hasMessageContaining("--best");
    }

    @Test
    void leavesOutStepsThatAreNotWanted() throws UsageException {
        assertThat(
                        resize("--no-orient", "--color=keep", "--size=50%")
                                .renditions()
                                .getFirst()
                                .recipe())
                .hasToString("resize 50% inside centre lanczos3");
    }

    @Test
    void addsAFormatToARecipeThatHasNone() throws UsageException {
        assertThat(
                        spec("run", "resize 80", in.toString(), out.toString(), "--to=webp")
                                .renditions()
                                .getFirst()
                                .recipe()
                                .format())
                .isEqualTo(ImageFormat.WEBP);
        assertThatThrownBy(
                        () ->
                                spec(
                                        "run",
                                        "jpeg q=80",
                                        in.toString(),
                                        out.toString(),
                                        "--quality=9"))
                .hasMessageStartingWith(
                        "--quality cannot be given when the recipe ends in a format");
    }

    @Test
    void readsARecipeFromAFile() throws Exception {
        Path file =
                Files.writeString(folder.resolve("recipe"), "orient |\n resize 80x60 |\n png\n");

        assertThat(
                        spec("run", "@" + file, in.toString(), out.toString())
                                .renditions()
                                .getFirst()
                                .recipe())
                .isEqualTo(
                        spec("run", "orient | resize 80x60 | png", in.toString(), out.toString())
                                .renditions()
                                .getFirst()
                                .recipe());
        assertThatThrownBy(() -> spec("run", "@nowhere", in.toString(), out.toString()))
                .hasMessageStartingWith("the recipe @\"nowhere\" cannot be read");
    }

    @Test
    void takesFoldersFilesGlobsAndLists() throws Exception {
        Path file = Files.createFile(in.resolve("a[1].jpg"));

        assertThat(input(file.toString())).isEqualTo(new Input.SingleFile(file));
        assertThat(input(in + "/**.jpg")).isEqualTo(new Input.Glob(in, "**.jpg"));
        assertThat(input(in + "/x{1,2}/*.png")).isEqualTo(new Input.Glob(in, "x{1,2}/*.png"));
        assertThat(input("*.jpg")).isEqualTo(new Input.Glob(Path.of("."), "*.jpg"));
        assertThat(input("-")).isEqualTo(new Input.Listed(null, false, Path.of(".")));
        assertThat(
                        spec(
                                        "resize",
                                        "--files-from",
                                        file.toString(),
                                        "-0",
                                        "--root",
                                        in.toString(),
                                        out.toString())
                                .input())
                .isEqualTo(new Input.Listed(file, true, in));
    }

    @Test
    void refusesInputsThatAreNotThere() {
        assertThatThrownBy(() -> input(in + "/none")).hasMessageContaining("is not there; name a");
        assertThatThrownBy(() -> input(folder + "/none/*.jpg")).hasMessageContaining("no folder");
        assertThatThrownBy(() -> input(in + "/[")).hasMessageContaining("no glob");
        assertThatThrownBy(() -> input("ftp://host.invalid/a.jpg"))
                .hasMessageContaining("an address of a kind that is not read");
        assertThatThrownBy(() -> input("s3:///a.jpg")).hasMessageContaining("s3://bucket/prefix/");
        assertThatThrownBy(() -> resize("-0")).hasMessageStartingWith("--null goes with a list");
    }

    @Test
    void refusesOutputsThatAreNoFolder() throws IOException {
        Files.createFile(out);
        assertThatThrownBy(this::resize).hasMessageContaining("is a file; name a folder");
        assertThatThrownBy(() -> spec("resize", in.toString(), "ftp://user:word@host/x"))
                .hasMessageContaining("ftp://host/x")
                .hasMessageContaining("not written to")
                .hasMessageNotContaining("word");
        assertThatThrownBy(() -> spec("resize", in.toString(), "https://host/x?sig=word"))
                .hasMessageContaining("without a query")
                .hasMessageNotContaining("word");
    }

    @Test
    void takesAddressesOnBothSides() throws UsageException {
        JobSpec spec = spec("resize", "s3://bucket/in", "s3://bucket/out");

        assertThat(spec.input()).isEqualTo(new Input.Bucket("s3://bucket/in"));
        assertThat(spec.address()).isEqualTo("s3://bucket/out/");
        assertThat(spec.jobFolder()).isEqualTo(spec.output());
        assertThat(spec("resize", "s3://bucket/in", "s3://bucket/out/").jobFolder())
                .isEqualTo(spec.jobFolder());
        assertThat(spec("resize", "s3://bucket/in", "s3://bucket/other").jobFolder())
                .isNotEqualTo(spec.jobFolder());
        assertThat(input("https://host/a.jpg?size=3"))
                .isEqualTo(new Input.Address("https://host/a.jpg?size=3"));
    }

    @Test
    void takesAListOfAddressesInPlaceOfIn() throws IOException, UsageException {
        Path list = Files.writeString(folder.resolve("list.csv"), "url,file\n");

        assertThat(spec("resize", "--urls", list.toString(), "--name-column=file", "out").input())
                .isEqualTo(new Input.Addresses(list, null, "file"));
        assertThatThrownBy(() -> spec("resize", "--urls", list.toString(), "in", "out"))
                .hasMessageContaining("--urls stands in place of IN");
        assertThatThrownBy(() -> resize("--name-column=file"))
                .hasMessageStartingWith("--name-column goes with a list of addresses");
        assertThatThrownBy(() -> spec("resize", "--urls=-", "--files-from=-", "out"))
                .hasMessageContaining("do not go together");
    }

    @Test
    void copiesFromAnAddressOrToOne() throws UsageException {
        JobSpec fetch = spec("fetch", "s3://bucket/in", out.toString());

        assertThat(fetch.engine()).isEqualTo(EngineKind.COPY);
        assertThat(fetch.name()).isEqualTo(NameTemplate.SAME);
        assertThat(spec("push", in.toString(), "s3://bucket/out").engine())
                .isEqualTo(EngineKind.COPY);
        assertThatThrownBy(() -> spec("fetch", in.toString(), out.toString()))
                .hasMessageContaining("use push");
        assertThatThrownBy(() -> spec("push", "s3://bucket/in", out.toString()))
                .hasMessageContaining("use fetch");
        assertThatThrownBy(() -> resize("--engine=copy")).hasMessageContaining("--engine");
    }

    @Test
    void writesTarsIntoFoldersAndWithoutAManifest() {
        assertThatThrownBy(() -> spec("resize", "--to-tar=9", in.toString(), "s3://bucket/out"))
                .hasMessage(
                        "--to-tar writes tar files into a folder of this machine, and to no"
                                + " address; name a folder as OUT");
        assertThatThrownBy(() -> resize("--to-tar=9", "--manifest=m.json"))
                .hasMessage(
                        "--manifest lists files, which --to-tar does not write; leave one of them"
                                + " out");
    }

    @Test
    void asksForTheFormatToConvertTo() {
        assertThatThrownBy(() -> spec("convert", in.toString(), out.toString()))
                .hasMessageStartingWith("convert lacks --to; write --to with one of jpeg, png");
    }

    private Input input(String text) throws UsageException {
        return spec("resize", text, out.toString()).input();
    }

    private JobSpec resize(String... options) throws UsageException {
        List<String> args = new ArrayList<>(List.of("resize", in.toString(), out.toString()));
        args.addAll(List.of(options));
        return spec(args.toArray(String[]::new));
    }

    private static JobSpec spec(String... args) throws UsageException {
        return SpecArguments.spec(ArgumentParser.parse(args));
    }
}
