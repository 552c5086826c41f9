package imgpipe.net;

import java.time.Duration;

/** Durations as one types them: {@code 50ms}, {@code 2s}. */
final class Durations {
    private Durations() {}

    static Duration parse(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }
}
