package imgpipe.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.listing.AddressList.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTest {
    private static final Columns NAMED = new Columns("url", "file");

    @TempDir private Path folder;

    private static final class Told implements AddressList.Consumer {
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private final List<Long> repeated = new ArrayList<>();

        @Override
        public boolean accept(Entry entry) {
            entries.add(entry);
            return true;
        }

        @Override
        public void refused(long line, String sentence) {
            assertThat(sentence).startsWith("line " + line + " of ").doesNotContain("geheim");
            refusals.add(sentence.substring(sentence.lastIndexOf('/') + 1));
        }

        @Override
        public void repeated(long line) {
            repeated.add(line);
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Told read(@Nullable Path file, Columns columns) throws Exception {
        Told told = new Told();
        try (AddressList list = new AddressList(file, columns)) {
            list.read(told);
        }
        return told;
    }

    @Test
    void readsTextWithBlankLinesAndComments() throws Exception {
        Told told =
                read(
                        file("u.txt", "\uFEFF# from a crawl\r\n\r\n http://h/a.jpg \r\ns3://b/c,d"),
                        Columns.USUAL);
        assertThat(told.entries)
                .containsExactly(
                        new Entry(3, "http://h/a.jpg", "h/a.jpg"),
                        new Entry(4, "s3://b/c,d", "b/c,d"));
        assertThat(told.refusals).isEmpty();
    }

    @Test
    void readsCsvWithQuotesAndRowsOfSeveralLines() throws Exception {
        Told told =
                read(
                        file(
                                "u.csv",
                                "id,URL,caption,file\n"
                                        + "1,http://h/a.jpg,\"two\n"
                                        + "lines, \"\"quoted\"\"\",x y.jpg\n"
                                        + "2,\"http://h/b,c.jpg\",,\n"
                                        + "\n"
                                        + "3\n"),
                        NAMED);
        assertThat(told.entries)
                .containsExactly(
                        new Entry(2, "http://h/a.jpg", "x%20y.jpg"),
                        new Entry(4, "http://h/b,c.jpg", "h/b,c.jpg"));
        assertThat(told.refusals).containsExactly("u.csv has no column \"url\"");
    }

    @Test
    void readsTabsAndSemicolons() throws Exception {
        List<Entry> same = List.of(new Entry(2, "http://h/a;b,c", "n"));
        assertThat(read(file("u.tsv", "file\turl\nn\thttp://h/a;b,c\n"), NAMED).entries)
                .isEqualTo(same);
        assertThat(read(file("u.csv", "file;url\nn;\"http://h/a;b,c\"\n"), NAMED).entries)
                .isEqualTo(same);
    }

    @Test
    void readsJsonLinesAndRefusesBadOnesAlone() throws Exception {
        Told told =
                read(
                        file(
                                "u.jsonl",
                                """
                                {"n":{"url":"no"},"url":"http://h/\\u00fc.jpg","file":17}
                                {"url":"http://h/geheim
                                {"url":null,"file":"a"}
                                17

                                {"url":"http://h/b.jpg"} {}
                                {"file":null,"url":"http://h/c.jpg"}
                                """),
                        NAMED);
        assertThat(told.entries)
                .containsExactly(
                        new Entry(1, "http://h/ü.jpg", "17"),
                        new Entry(7, "http://h/c.jpg", "h/c.jpg"));
        assertThat(told.refusals)
                .containsExactly(
                        "u.jsonl is no JSON object",
                        "u.jsonl has no text in \"url\"",
                        "u.jsonl is no JSON object",
                        "u.jsonl is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/a,b.jpg\n",
                "# url,file\nhttp://h/a,b.jpg\n",
                "url\n\"http://h/a,b.jpg\"\n",
                "id,url\n1,\"http://h/a,b.jpg\"\n",
                "id\turl\n1\thttp://h/a,b.jpg\n",
                "{\"url\":\"http://h/a,b.jpg\"}\n"
            })
    void tellsTheFormByTheFirstLineAndGzipByItsMagicBytes(String content) throws Exception {
        assertThat(read(file("list", content), Columns.USUAL).entries)
                .extracting(Entry::address)
                .containsExactly("http://h/a,b.jpg");
        Path packed = Files.write(folder.resolve("packed.lst"), gzip(content));
        assertThat(read(packed, Columns.USUAL).entries)
                .extracting(Entry::address)
                .containsExactly("http://h/a,b.jpg");
    }

    @Test
    void readsStandardInputTwice() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(gzip("url\nhttp://h/a\n")));
        try (AddressList list = new AddressList(null, Columns.USUAL)) {
            for (int i = 0; i < 2; i++) {
                Told told = new Told();
                list.read(told);
                assertThat(told.entries).containsExactly(new Entry(2, "http://h/a", "h/a"));
            }
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void refusesLinesOneByOneWithoutTheirSecrets() throws Exception {
        Told told =
                read(
                        file(
                                "u.txt",
                                """
                                user:geheim@h/a.jpg
                                ftp://user:geheim@h/a.jpg
                                file:///etc/passwd
                                http://user:geheim@h/../a.jpg?token=geheim
                                http://user:geheim@?geheim
                                http://h/a\tgeheim
                                http://h/b.jpg
                                """),
                        Columns.USUAL);
        assertThat(told.entries).containsExactly(new Entry(7, "http://h/b.jpg", "h/b.jpg"));
        assertThat(told.refusals).hasSize(6);
    }

    @Test
    void refusesNamesThatLeaveTheTree() throws Exception {
        Told told =
                read(
                        file("u.csv", "url,file\nhttp://h/a,../x\nhttp://h/b,/x\nhttp://h/c,C:x\n"),
                        NAMED);
        assertThat(told.entries).isEmpty();
        assertThat(told.refusals).hasSize(3).first().isEqualTo("x\" leaves the tree by \"..\"");
    }

    @Test
    void passesOverWhatWasSaidBefore() throws Exception {
        Told told =
                read(
                        file(
                                "u.csv",
                                """
                                url,file
                                http://h/a,x
                                http://h/a,y
                                http://h/a,x
                                http://h/a,
                                """),
                        NAMED);
        assertThat(told.entries).extracting(Entry::name).containsExactly("x", "y", "h/a");
        assertThat(told.repeated).containsExactly(4L);
    }

    @Test
    void namesTheColumnsThatAreThere() throws Exception {
        assertThatThrownBy(() -> read(file("u.csv", "id,link\n1,http://h/a\n"), Columns.USUAL))
                .isInstanceOf(ListException.class)
                .hasMessageEndingWith("u.csv has no column \"url\"; it has \"id\", \"link\"");
        assertThatThrownBy(() -> read(file("u.json", "{\"link\":\"x\"}"), Columns.USUAL))
                .isInstanceOf(ListException.class)
                .hasMessageEndingWith("u.json has no column \"url\"; it has \"link\"");
        assertThatThrownBy(() -> read(file("u.csv", "url\nhttp://h/a\n"), NAMED))
                .hasMessageContaining("no column \"file\"");
        assertThatThrownBy(() -> read(file("u.txt", "http://h/a\n"), NAMED))
                .hasMessageContaining("plain text");
    }

    @Test
    void refusesListsThatAreNone() throws Exception {
        byte[] packed = gzip("url\n" + "http://h/a\n".repeat(9));
        Path cut =
                Files.write(folder.resolve("u.csv.gz"), Arrays.copyOf(packed, packed.length - 9));
        for (Path list :
                List.of(
                        cut,
                        folder,
                        folder.resolve("absent.csv"),
                        file("u.json", "[\n{\"url\":\"http://h/a\"}]"),
                        file("open.csv", "url,b\nhttp://h/geheim,\"open\nhttp://h/b,\n"),
                        Files.write(
                                folder.resolve("wide.csv"),
                                "\uFEFFurl\n".getBytes(StandardCharsets.UTF_16LE)))) {
            assertThatThrownBy(() -> read(list, Columns.USUAL))
                    .isInstanceOf(ListException.class)
                    .message()
                    .startsWith(list.toString())
                    .doesNotContain("geheim", "\n");
        }
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        Path list =
                Files.write(
                        folder.resolve("u.txt"),
                        "http://h/\u00fc\nhttp://h/b\n".getBytes(StandardCharsets.ISO_8859_1));
        Told told = read(list, Columns.USUAL);
        assertThat(told.refusals).containsExactly("u.txt is no UTF-8");
        assertThat(told.entries).hasSize(1);
    }

    @Test
    void passesOverLinesThatWouldFillTheMemory() throws Exception {
        Told told =
                read(
                        file("u.txt", "http://h/" + "a".repeat(3 << 20) + "\nhttp://h/b\n"),
                        Columns.USUAL);
        assertThat(told.refusals).containsExactly("u.txt is too long");
        assertThat(told.entries).extracting(Entry::line).containsExactly(2L);
    }

    @Test
    void stopsWhenNoMoreAreWanted() throws Exception {
        for (Path list :
                List.of(
                        file("u.txt", "http://h/a\nhttp://h/b\n"),
                        file("u.csv", "url\nhttp://h/a\nhttp://h/b\n"),
                        file("u.json", "{\"url\":\"http://h/a\"}\n{\"url\":\"http://h/b\"}\n"))) {
            List<String> seen = new ArrayList<>();
            try (AddressList addresses = new AddressList(list, Columns.USUAL)) {
                addresses.read(
                        new AddressList.Consumer() {
                            @Override
                            public boolean accept(Entry entry) {
                                seen.add(entry.name());
                                return false;
                            }

                            @Override
                            public void refused(long line, String sentence) {}
                        });
            }
            assertThat(seen).containsExactly("h/a");
        }
    }
}
