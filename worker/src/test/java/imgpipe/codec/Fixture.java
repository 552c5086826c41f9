package imgpipe.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Files beside the tests. */
public final class Fixture {
    private Fixture() {}

    /** The file {@code frames/NAME}; {@code frames/make.py} tells how it was made. */
    public static MemorySegment frames(String name) {
        try (InputStream in =
                Objects.requireNonNull(Fixture.class.getResourceAsStream("/frames/" + name))) {
            return MemorySegment.ofArray(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
