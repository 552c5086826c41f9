package imgpipe.image;

import java.util.Optional;

/** Chroma subsampling: how many luma samples share one of Cb and of Cr, across and down. */
public enum Chroma {
    /** 4:4:4, none. */
    S444(1, 1),
    /** 4:2:2, two across. */
    S422(2, 1),
    /** 4:2:0, two across and two down. */
    S420(2, 2);

    private final int across;
    private final int down;

    Chroma(int across, int down) {
        this.across = across;
        this.down = down;
    }

    /** The subsampling written {@code 420} or {@code 4:2:0}. */
    public static Optional<Chroma> of(String text) {
        return switch (text.replace(":", "")) {
            case "444" -> Optional.of(S444);
            case "422" -> Optional.of(S422);
            case "420" -> Optional.of(S420);
            default -> Optional.empty();
        };
    }

    /** Luma samples across for each chroma sample. */
    public int across() {
        return across;
    }

    /** Luma samples down for each chroma sample. */
    public int down() {
        return down;
    }

    /** Width and height of a chroma plane for a picture of this size, rounded up. */
    public Size plane(Size picture) {
        return new Size(
                (picture.width() + across - 1) / across, (picture.height() + down - 1) / down);
    }

    @Override
    public String toString() {
        return name().substring(1);
    }
}
