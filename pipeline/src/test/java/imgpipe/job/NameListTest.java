package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameListTest {
    private static final Path ROOT = Path.of("/photos and more");

    @TempDir private Path folder;

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> names(NameList list) throws IOException, JobException {
        List<String> names = new ArrayList<>();
        list.read(name -> names.add(new String(name, StandardCharsets.ISO_8859_1)));
        return names;
    }

    @Test
    void takesNamesThatAreNoText() throws Exception {
        Path file = Files.write(folder.resolve("list"), bytes("a\u00ff\u00fe.jpg\nb\n\nc"));
        try (NameList list = new NameList(file, false)) {
            assertThat(names(list)).containsExactly("a\u00ff\u00fe.jpg", "b", "c");
        }
        String uri = NameList.path(ROOT, bytes("a\u00ff\u00fe.jpg")).toUri().getRawPath();
        assertThat(uri).isEqualTo("/photos%20and%20more/a%FF%FE.jpg");
    }

    @Test
    void keepsLineFeedsInNamesThatEndInNul() throws Exception {
        Path file = Files.write(folder.resolve("list"), bytes("a\nb\0c\0"));
        try (NameList list = new NameList(file, true)) {
            assertThat(names(list)).containsExactly("a\nb", "c");
        }
    }

    @Test
    void readsStandardInputTwice() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(bytes("a\nb\n")));
        try (NameList list = new NameList(null, false)) {
            assertThat(names(list)).containsExactly("a", "b");
            assertThat(names(list)).containsExactly("a", "b");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void resolvesAndNormalizesLikeTheShell() {
        assertThat(NameList.path(ROOT, bytes("a/./b//../c"))).isEqualTo(ROOT.resolve("a/c"));
        assertThat(NameList.path(ROOT, bytes("//x//y"))).isEqualTo(Path.of("/x/y"));
        assertThat(NameList.path(ROOT, bytes("../%41"))).isEqualTo(Path.of("/%41"));
        assertThatThrownBy(() -> NameList.path(ROOT, bytes("a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
