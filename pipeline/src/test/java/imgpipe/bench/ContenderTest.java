package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContenderTest {
    @ParameterizedTest
    @CsvSource({
        "1,  1",
        "2,  1 2",
        "8,  1 2 3 4 5 6 7 8",
        "9,  1 2 4 8 9",
        "16, 1 2 4 8 16",
        "24, 1 2 4 8 16 24"
    })
    void triesASensibleSeriesOfBothForms(int most, String series) {
        var all = Contender.lineUp(most);

        assertThat(all.getFirst()).isEqualTo(new Contender(Form.SEQUENTIAL, 1));
        for (Form form : new Form[] {Form.THREADS, Form.PROCESSES}) {
            assertThat(
                            all.stream()
                                    .filter(each -> each.form() == form)
                                    .map(each -> String.valueOf(each.workers()))
                                    .collect(Collectors.joining(" ")))
                    .isEqualTo(series);
        }
    }
}
