package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void countsTheFewestChanges() {
        // The textbook's pair: two substitutions and an insertion.
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("abc", "abc")).isZero();
    }

    @Test
    void prefersTheNearestThenTheBeginning() {
        List<String> known = List.of("--size", "--fit", "--files-from");

        assertThat(NearestName.of("--sise", known)).hasValue("--size");
        assertThat(NearestName.of("--files", known)).hasValue("--files-from");
        assertThat(NearestName.of("--watermark", known)).isEmpty();
        assertThat(NearestName.of("-x", known)).isEmpty();
    }
}
