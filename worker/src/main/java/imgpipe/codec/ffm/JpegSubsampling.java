package imgpipe.codec.ffm;

import imgpipe.image.Chroma;
import java.util.Optional;

/** The enumeration TJSAMP of {@code turbojpeg.h}, in its order. */
enum JpegSubsampling {
    S444(1, 1),
    S422(2, 1),
    S420(2, 2),
    GREY(1, 1),
    S440(1, 2),
    S411(4, 1),
    /** Only in 3.x. */
    S441(1, 4);

    private final int across;
    private final int down;

    JpegSubsampling(int across, int down) {
        this.across = across;
        this.down = down;
    }

    /** The one with this number; empty for a number unknown here. */
    static Optional<JpegSubsampling> ofNumber(int number) {
        return number >= 0 && number < values().length
                ? Optional.of(values()[number])
                : Optional.empty();
    }

    static JpegSubsampling of(Chroma chroma) {
        return switch (chroma) {
            case S444 -> S444;
            case S422 -> S422;
            case S420 -> S420;
        };
    }

    /** Its number in the library. */
    @SuppressWarnings("EnumOrdinal") // the order is the library's
    int number() {
        return ordinal();
    }

    int planes() {
        return this == GREY ? 1 : 3;
    }

    /** Luma samples across for each sample of a component. */
    int across(int component) {
        return component == 0 ? 1 : across;
    }

    /** Luma samples down for each sample of a component. */
    int down(int component) {
        return component == 0 ? 1 : down;
    }
}
