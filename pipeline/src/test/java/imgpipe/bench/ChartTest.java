package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
    private static final Result RESULT =
            new Results()
                    .add(Form.SEQUENTIAL, 1, 40, 40, 40)
                    .add(Form.THREADS, 1, 40, 40, 40)
                    .add(Form.THREADS, 2, 60, 50, 64)
                    .add(Form.PROCESSES, 1, 40, 40, 40)
                    .add(Form.PROCESSES, 2, 80, 80, 80)
                    .result();

    private static Document parsed(Result result) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(Chart.svg(result))));
    }

    private static List<Element> all(Document svg, String name, String kind) {
        List<Element> found = new ArrayList<>();
        var nodes = svg.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            Element element = (Element) nodes.item(i);
            if (element.getAttribute("class").equals(kind)) {
                found.add(element);
            }
        }
        return found;
    }

    @Test
    void isXmlWhateverTheMachineIsCalled() throws Exception {
        Document svg = parsed(RESULT);

        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getTextContent()).contains("Model <X> & Y, 2 cores");
    }

    @Test
    void putsMediansWhereTheScaleSays() throws Exception {
        List<Element> threads = all(parsed(RESULT), "polyline", "threads");
        List<Element> processes = all(parsed(RESULT), "polyline", "processes");

        // Left panel: x 70 to 460, one worker at 100, two at 430;
        // y 390 for 0, 110 for 2.2. 1 is 280 / 2.2 = 127.3 above the bottom, 1.5 is 190.9, 2 is
        // 254.5.
        assertThat(threads.getFirst().getAttribute("points")).isEqualTo("100.0,262.7 430.0,199.1");
        assertThat(processes.getFirst().getAttribute("points"))
                .isEqualTo("100.0,262.7 430.0,135.5");
        // Right panel: x 550 to 940; y 110 for 120 %. 100 % is 233.3 above the bottom, 75 % is 175.
        assertThat(threads.getLast().getAttribute("points")).isEqualTo("580.0,156.7 910.0,215.0");
        assertThat(processes.getLast().getAttribute("points")).isEqualTo("580.0,156.7 910.0,156.7");
    }

    @Test
    void drawsTheRangeOfTheRounds() throws Exception {
        // Two threads: from 1.25 to 1.6 times as fast, 159.1 and 203.6 above the bottom.
        assertThat(all(parsed(RESULT), "line", "threads range"))
                .anySatisfy(
                        line -> {
                            assertThat(line.getAttribute("x1")).isEqualTo("425.0");
                            assertThat(line.getAttribute("x2")).isEqualTo("425.0");
                            assertThat(line.getAttribute("y1")).isEqualTo("230.9");
                            assertThat(line.getAttribute("y2")).isEqualTo("186.4");
                        });
    }

    @Test
    void marksThreadsAndProcessesDifferently() throws Exception {
        Document svg = parsed(RESULT);

        // Two values in each of two panels, and one in the legend.
        assertThat(all(svg, "circle", "threads mark")).hasSize(5);
        assertThat(all(svg, "rect", "processes mark")).hasSize(5);
    }

    @Test
    void drawsOneWorkerToo() throws Exception {
        Document svg =
                parsed(
                        new Results()
                                .add(Form.SEQUENTIAL, 1, 40)
                                .add(Form.THREADS, 1, 40)
                                .add(Form.PROCESSES, 1, 40)
                                .result());

        // The middle of 70 to 460.
        assertThat(all(svg, "polyline", "threads").getFirst().getAttribute("points"))
                .startsWith("265.0,");
    }

    @Test
    void leavesOutNumbersThatWouldRunIntoEachOther() throws Exception {
        Results many = new Results().cores(64).add(Form.SEQUENTIAL, 1, 40);
        for (Form form : new Form[] {Form.THREADS, Form.PROCESSES}) {
            for (int workers = 1; workers <= 64; workers *= 2) {
                many.add(form, workers, 40 * workers);
            }
        }

        List<String> texts = new ArrayList<>();
        all(parsed(many.result()), "text", "small").stream()
                .filter(text -> text.getAttribute("y").equals("410.0"))
                .forEach(text -> texts.add(text.getTextContent()));

        // 330 / 63 = 5.2 pixels for each worker: 2 and 4 are too near to 1.
        assertThat(texts).startsWith("1", "8", "16", "32", "64").hasSize(10);
    }
}
