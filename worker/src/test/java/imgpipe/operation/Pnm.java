package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The PGM and PPM fixtures that {@code make-fixtures.py} made. */
final class Pnm {
    private Pnm() {}

    static Picture read(String name) throws IOException {
        try (InputStream file = Pnm.class.getResourceAsStream(name);
                DataInputStream in = new DataInputStream(Objects.requireNonNull(file, name))) {
            boolean grey = word(in).equals("P5");
            int width = Integer.parseInt(word(in));
            int height = Integer.parseInt(word(in));
            word(in);
            byte[] samples = in.readAllBytes();
            int planes = grey ? 1 : 3;
            return Pictures.of(
                    width,
                    height,
                    grey ? ColorModel.GREY : ColorModel.RGB,
                    false,
                    (plane, x, y) -> samples[(y * width + x) * planes + plane] & 0xFF);
        }
    }

    /** An RGB fixture with a grey one for its opacity. */
    static Picture read(String colors, String alpha) throws IOException {
        Picture picture = read(colors);
        List<Plane> planes = new ArrayList<>(picture.planes());
        planes.add(read(alpha).planes().getFirst());
        return Picture.of(picture.size(), ColorModel.RGB, true, planes);
    }

    /** The next word of the header, and the white space behind it; comments are skipped. */
    private static String word(DataInputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int c = in.readUnsignedByte(); c > ' '; c = in.readUnsignedByte()) {
            if (c == '#') {
                int skipped = c;
                while (skipped != '\n') {
                    skipped = in.readUnsignedByte();
                }
                return word(in);
            }
            word.append((char) c);
        }
        return word.toString();
    }
}
