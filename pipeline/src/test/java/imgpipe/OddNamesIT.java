package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import imgpipe.Launch.Ended;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no words: byte by byte the same in the output, and told of in every record. */
@Timeout(120)
class OddNamesIT {
    private static final List<String> NAMES =
            List.of(
                    "new%0Aline.jpg",
                    "tab%09here.jpg",
                    "return%0D.jpg",
                    "bell%07%1B%5B31m.jpg",
                    "-lead.jpg",
                    "--size.jpg",
                    "@at.jpg",
                    "0".repeat(247) + ".jpg",
                    "bytes%FF%FE.jpg",
                    "%C3%BC%E4%B8%AD.jpg",
                    "%F0%9F%93%B7.jpg",
                    "%E2%80%AEgpj.jpg",
                    "dot..jpg",
                    "folder.../x.jpg",
                    "%2541.jpg",
                    "%25.jpg",
                    "a%7Cb.jpg",
                    "%7Bstem%7D.jpg",
                    "q%22uo'te%5C.jpg",
                    "%20sp%20ace%20.jpg",
                    "trail.jpg%20.jpg",
                    "folder%FF.%20/x.jpg",
                    "http:/host/x.jpg",
                    "C:%5Cx.jpg",
                    "%23%3F*.jpg",
                    "$HOME%60id%60.jpg");

    /** One file on some file systems, where nothing is to be seen of it then. */
    private static final List<String> PAIRS =
            List.of("a.jpg", "a.JPG", "%C3%A9.jpg", "e%CC%81.jpg");

    @TempDir private Path temporary;

    private Workplace place;
    private TreeSet<String> names;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
        Path picture = place.picture("picture.jpg", 30, 20);
        for (String name : NAMES) {
            copy(picture, name);
        }
        for (String name : PAIRS) {
            if (!Files.exists(place.file("in/" + name))) {
                copy(picture, name);
            }
        }
        names = new TreeSet<>(place.content("in").keySet());
        assertThat(names).containsAll(NAMES);
    }

    private void copy(Path picture, String name) throws IOException {
        Path file = place.file("in/" + name);
        Files.createDirectories(file.getParent());
        Files.copy(picture, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "C.UTF-8"})
    void makesRecordsAndSkipsThemInAnyLocale(String locale) throws Exception {
        Map<String, String> environment = locale.isEmpty() ? Map.of() : Map.of("LC_ALL", locale);
        String[] command = {
            "thumbs",
            "in",
            "out",
            "--sizes",
            "9",
            "--name",
            "{dir}{stem}.{ext}",
            "--json",
            "--manifest",
            "list.json"
        };

        Ended first = place.launch(environment).imgpipe(command);
        List<String> log = Files.readAllLines(place.file("out/.imgpipe/joblog.tsv"));
        Ended second = place.launch(environment).imgpipe(command);

        assertThat(first.code()).as(first.error()).isZero();
        assertThat(place.content("out").keySet()).isEqualTo(names);
        assertThat(texts(first.output(), "verb")).containsExactly("thumbs");
        assertThat(texts(Files.readString(place.file("list.json")), "source"))
                .hasSize(names.size());
        assertThat(log)
                .hasSize(names.size() + 1)
                .allSatisfy(line -> assertThat(line.split("\t", -1)).hasSize(14));
        List<String> known = new ArrayList<>();
        for (String line : Files.readAllLines(place.file("out/.imgpipe/ledger.jsonl"))) {
            known.addAll(texts(line, "name"));
        }
        assertThat(known).containsExactlyInAnyOrderElementsOf(names);
        assertThat(second.json("skipped")).as(second.error()).isEqualTo(names.size());
        assertThat(second.json("found")).isEqualTo(names.size());
    }

    @Test
    void makesThemInPlaceAndOnce() throws Exception {
        String[] command = {"resize", "in", "in", "--in-place", "--size", "9", "--json"};

        Ended first = place.imgpipe(command);
        Map<String, String> made = place.content("in");
        Ended second = place.imgpipe(command);

        assertThat(first.json("done")).as(first.error()).isEqualTo(names.size());
        assertThat(made.keySet()).isEqualTo(names);
        assertThat(second.json("skipped")).as(second.error()).isEqualTo(names.size());
        assertThat(place.content("in")).isEqualTo(made);
    }

    @Test
    void takesThemFromAList() throws Exception {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            // As bytes, each of which stands for a letter of Latin-1.
            list.append(URLDecoder.decode(name, StandardCharsets.ISO_8859_1));
            list.append('\0');
        }
        place.input(list.toString());

        Ended run =
                place.imgpipe(
                        "resize", "--files-from", "-", "-0", "--root", "in", "out", "--size", "9");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.content("out").keySet()).isEqualTo(names);
    }

    /** The texts of all fields of this name in JSON that is whole. */
    private static List<String> texts(String json, String field) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && field.equals(parser.currentName())) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }
}
