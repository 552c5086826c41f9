package imgpipe.transfer.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of numbered tars: {@code 00000.tar}, {@code 00001.tar} and so on. */
final class ShardNames {
    private static final Pattern NAME = Pattern.compile("(\\d{5,9})\\.tar");

    private ShardNames() {}

    static String of(int number) {
        return "%05d.tar".formatted(number);
    }

    /** Those that are in a folder, by their numbers. */
    static NavigableMap<Integer, Path> in(Path folder) throws IOException {
        NavigableMap<Integer, Path> shards = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tar")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()
                        && of(Integer.parseInt(name.group(1))).equals(name.group())
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    shards.put(Integer.valueOf(name.group(1)), file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return shards;
    }
}
