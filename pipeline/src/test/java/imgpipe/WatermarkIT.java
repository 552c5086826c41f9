package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WatermarkIT {
    @TempDir private Path temporary;

    private Workplace place = new Workplace(Path.of(""));

    @BeforeEach
    void makePictures() throws Exception {
        place = new Workplace(temporary.toRealPath());
        place.picture("in/a.jpg", 300, 200);
        place.picture("in/b.png", 200, 300);
    }

    @Test
    void makesEverythingAnewWhenTheMarkHasChanged() throws Exception {
        place.picture("it's%20100%25%20%7C%20%C3%BC.png", 40, 20);
        Path mark = place.file("mark.png");
        Files.createSymbolicLink(mark, place.file("it's%20100%25%20%7C%20%C3%BC.png"));
        String[] command = {"watermark", "--mark", "mark.png", "in", "out", "--json"};

        Ended first = place.imgpipe(command);
        Map<String, String> before = place.content("out");
        Ended second = place.imgpipe(command);
        Files.delete(mark);
        place.picture("mark.png", 20, 40);
        Ended third = place.imgpipe(command);

        assertThat(first.json("done")).as(first.error()).isEqualTo(2);
        assertThat(second.json("skipped")).isEqualTo(2);
        assertThat(third.json("done")).isEqualTo(2);
        assertThat(place.content("out"))
                .hasSize(2)
                .doesNotContainEntry("a.jpg", before.get("a.jpg"));
    }

    @Test
    void findsMarksOfARecipeFromWhereItIsStarted() throws Exception {
        place.picture("my%20marks/it's.png", 40, 20);

        Ended quoted =
                place.imgpipe("run", "watermark 'my marks/it''s.png' | jpeg", "in/a.jpg", "one");
        Ended encoded =
                place.imgpipe("run", "watermark my%20marks/it%27s.png | jpeg", "in/a.jpg", "two");

        assertThat(quoted.code()).as(quoted.error()).isZero();
        assertThat(place.content("one")).hasSize(1).isEqualTo(place.content("two"));
        assertThat(encoded.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--mark gone.png|gone.png",
                "--mark in|in",
                "--mark text.png|text.png",
                "--mark in/a.jpg --text x|--mark FILE or --text TEXT",
                "--gravity north|--mark FILE or --text TEXT",
                "--text x --margin wide|--margin",
                "--text x --opacity 0|--opacity"
            })
    void refusesAndWritesNothing(String row) throws Exception {
        Files.writeString(place.file("text.png"), "no picture");
        String options = row.substring(0, row.indexOf('|'));

        Ended run = place.imgpipe(("watermark in out " + options).split(" "));

        assertThat(run.code()).as(run.error()).isEqualTo(2);
        assertThat(run.error())
                .startsWith("imgpipe: ")
                .contains(row.substring(row.indexOf('|') + 1))
                .hasLineCount(1);
        assertThat(place.file("out")).doesNotExist();
    }
}
