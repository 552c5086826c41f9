package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several outputs of every picture, as users ask for them. */
@Timeout(120)
class ThumbsIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
    }

    @Test
    void makesEverySizeInEveryFormat() throws Exception {
        place.picture("in/sub/a%20b.jpg", 400, 300);

        Ended run =
                place.imgpipe(
                        "thumbs",
                        "--sizes",
                        "200,50x50^",
                        "--to",
                        "jpeg,png",
                        "in",
                        "out",
                        "--json");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.json("done")).isEqualTo(1);
        assertThat(place.content("out"))
                .containsOnlyKeys(
                        "sub/a%20b-200.jpg",
                        "sub/a%20b-200.png", "sub/a%20b-50x50c.jpg", "sub/a%20b-50x50c.png");
        assertThat(size("out/sub/a%20b-200.jpg")).isEqualTo("200x150");
        assertThat(size("out/sub/a%20b-50x50c.png")).isEqualTo("50x50");
    }

    private String size(String name) throws IOException {
        var picture = ImageIO.read(place.file(name).toFile());
        return picture.getWidth() + "x" + picture.getHeight();
    }

    @Test
    void makesWhatIsMissingOfAPictureAgain() throws Exception {
        place.picture("in/a.png", 40, 30);
        place.imgpipe("thumbs", "--sizes", "20,10", "in", "out");
        var before = place.content("out");
        Files.delete(place.file("out/a-10.png"));

        Ended again = place.imgpipe("thumbs", "--sizes", "20,10", "in", "out", "--json");
        Ended unchanged = place.imgpipe("thumbs", "--sizes", "20,10", "in", "out", "--json");

        assertThat(again.json("done")).isEqualTo(1);
        assertThat(unchanged.json("skipped")).isEqualTo(1);
        assertThat(place.content("out")).isEqualTo(before);
    }

    @Test
    void overwritesNoneOfThoseThatAreThereWhenToldSo() throws Exception {
        place.picture("in/a.png", 40, 30);
        Files.createDirectories(place.file("out"));
        Files.writeString(place.file("out/a-20.png"), "mine");

        Ended run =
                place.imgpipe("thumbs", "--sizes", "20,10", "--overwrite", "never", "in", "out");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.file("out/a-20.png")).hasContent("mine");
        assertThat(size("out/a-10.png")).isEqualTo("10x8");
    }

    @Test
    void refusesOutputsOfTwoSourcesThatMeet() throws Exception {
        place.picture("in/a.png", 40, 30);
        place.picture("in/sub/a.png", 40, 30);

        Ended run =
                place.imgpipe(
                        "thumbs", "--sizes", "20,10", "--name", "{stem}-{size}.{ext}", "in", "out");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("would both become a-20.png");
        assertThat(place.file("out")).doesNotExist();
    }

    @Test
    void refusesANameThatAllSizesWouldShare() throws Exception {
        place.picture("in/a.png", 40, 30);

        Ended run =
                place.imgpipe(
                        "thumbs", "--sizes", "20,10", "--name", "{dir}{stem}.{ext}", "in", "out");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("--name").contains("share a name");
        assertThat(place.file("out")).doesNotExist();
    }

    @Test
    void listsAllOutputsAlsoThoseThatWereUpToDate() throws Exception {
        place.picture("in/a%26b.jpg", 400, 300);
        String[] command = {
            "thumbs",
            "--sizes",
            "100,200,60x60^",
            "--to",
            "jpeg,webp",
            "--manifest",
            "list.json",
            "in",
            "out"
        };
        assertThat(place.imgpipe(command).code()).isZero();
        String first = Files.readString(place.file("list.json"));
        assertThat(place.imgpipe(command).code()).isZero();

        assertThat(place.file("list.json")).hasContent(first);
        assertThat(first)
                .contains("\"source\" : \"a&b.jpg\"")
                .contains("\"path\" : \"a&b-60x60c.webp\"")
                .contains("\"image/jpeg\" : \"a&b-100.jpg 100w, a&b-200.jpg 200w\"")
                .contains(
                        "<picture><source type=\\\"image/webp\\\""
                                + " srcset=\\\"a&amp;b-100.webp 100w, a&amp;b-200.webp 200w\\\">"
                                + "<img src=\\\"a&amp;b-200.jpg\\\"");
    }

    /** Browsers take the first type that they know. */
    @Test
    void offersTheSmallestFilesFirst() throws Exception {
        place.picture("in/a.jpg", 40, 30);
        assertThat(
                        place.imgpipe(
                                        "thumbs",
                                        "--sizes",
                                        "20",
                                        "--to",
                                        "jpeg,tiff,webp",
                                        "--manifest",
                                        "out/list.json",
                                        "in",
                                        "out")
                                .code())
                .isZero();

        String list = Files.readString(place.file("out/list.json"));
        assertThat(list.indexOf("type=\\\"image/webp"))
                .isPositive()
                .isLessThan(list.indexOf("type=\\\"image/tiff"));
        assertThat(list.indexOf("type=\\\"image/tiff")).isLessThan(list.indexOf("<img"));
        assertThat(Files.getPosixFilePermissions(place.file("out/list.json")))
                .isEqualTo(Files.getPosixFilePermissions(place.file("out/a-20.jpg")));
    }

    @Test
    void saysWhatIsWrongWithSizes() throws Exception {
        place.picture("in/a.png", 40, 30);

        assertThat(place.imgpipe("thumbs", "in", "out").error()).contains("thumbs lacks --sizes");
        assertThat(place.imgpipe("thumbs", "--sizes", "20,,10", "in", "out").error())
                .contains("--sizes \"\" cannot be");
        assertThat(place.imgpipe("thumbs", "--sizes", "20,20", "in", "out").error())
                .contains("each of them once");
        assertThat(place.imgpipe("thumbs", "--size", "20", "in", "out").error()).contains("--size");
        assertThat(
                        place.imgpipe("thumbs", "--sizes", "9", "--manifest", "no/m", "in", "out")
                                .error())
                .contains("--manifest \"no/m\" cannot be");
        assertThat(place.imgpipe("resize", "--to", "jpeg,png", "in", "out").error())
                .contains("--to \"jpeg,png\" cannot be");
    }
}
