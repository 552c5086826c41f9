package imgpipe.transfer.store;

import java.util.Locale;
import java.util.Map;

/** What an object's name says of its content, as browsers want to be told. */
public final class ContentTypes {
    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("jpe", "image/jpeg"),
                    Map.entry("png", "image/png"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("avif", "image/avif"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("tif", "image/tiff"),
                    Map.entry("tiff", "image/tiff"),
                    Map.entry("bmp", "image/bmp"),
                    Map.entry("json", "application/json"),
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("tar", "application/x-tar"),
                    Map.entry("zip", "application/zip"));

    private ContentTypes() {}

    /** By the name's ending, in any mixture of cases; any bytes for one that is not known. */
    public static String of(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, "application/octet-stream");
    }
}
