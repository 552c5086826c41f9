package imgpipe.paint;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws lines of text by Java2D, which needs no screen but a font of the system: the JDK has none
 * of its own.
 */
public final class TextPainter {
    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    /** Rows that are painted at once: Java2D takes four bytes of heap for each pixel. */
    private static final int BAND = 256;

    private TextPainter() {}

    /** Why this text cannot be drawn here, and what would help; empty if it can. */
    public static Optional<String> obstacle(String text) {
        try {
            Font font = font(12);
            new TextLayout(text, font, SMOOTH);
            int missing = font.canDisplayUpTo(text);
            return missing < 0
                    ? Optional.empty()
                    : Optional.of(
                            "no font that is installed has \""
                                    + Character.toString(text.codePointAt(missing))
                                    + "\"; install one that does");
        } catch (RuntimeException | InternalError | LinkageError e) {
            // The JDK has no better way to say so.
            return Optional.of(
                    "text cannot be drawn, as no font is found; install fontconfig and a font, for"
                            + " example fonts-dejavu-core");
        }
    }

    /**
     * The text cut to its letters, grey or RGB as its color is, with alpha.
     *
     * @param text one line that has no {@link #obstacle}
     * @param letters size of the font in pixels, at least 1
     */
    public static Picture draw(String text, Rgb color, int letters, Workspace workspace) {
        TextLayout layout = new TextLayout(text, font(letters), SMOOTH);
        Rectangle bounds = layout.getPixelBounds(SMOOTH, 0, 0);
        int width = Math.max(1, bounds.width);
        int height = Math.max(1, bounds.height);
        boolean grey = color.red() == color.green() && color.green() == color.blue();
        List<Plane> planes = new ArrayList<>();
        planes.add(filled(width, height, color.red(), workspace));
        if (!grey) {
            planes.add(filled(width, height, color.green(), workspace));
            planes.add(filled(width, height, color.blue(), workspace));
        }
        planes.add(opacities(layout, bounds, workspace));
        return Picture.of(
                new Size(width, height), grey ? ColorModel.GREY : ColorModel.RGB, true, planes);
    }

    private static Font font(int letters) {
        return new Font(Font.SANS_SERIF, Font.BOLD, letters);
    }

    private static Plane filled(int width, int height, int value, Workspace workspace) {
        Plane plane = Plane.allocate(workspace, width, height);
        plane.samples().fill((byte) value);
        return plane;
    }

    private static Plane opacities(TextLayout layout, Rectangle bounds, Workspace workspace) {
        int width = Math.max(1, bounds.width);
        int height = Math.max(1, bounds.height);
        Plane plane = Plane.allocate(workspace, width, height);
        BufferedImage band =
                new BufferedImage(width, Math.min(BAND, height), BufferedImage.TYPE_INT_ARGB);
        int[] pixels = new int[width];
        byte[] row = new byte[width];
        for (int top = 0; top < height; top += BAND) {
            paint(layout, -bounds.x, -bounds.y - top, band);
            for (int y = top; y < Math.min(height, top + BAND); y++) {
                band.getRGB(0, y - top, width, 1, pixels, 0, width);
                for (int x = 0; x < width; x++) {
                    row[x] = (byte) (pixels[x] >>> 24);
                }
                plane.store(y, row);
            }
        }
        return plane;
    }

    private static void paint(TextLayout layout, int left, int baseline, BufferedImage band) {
        Graphics2D graphics = band.createGraphics();
        graphics.setComposite(AlphaComposite.Clear);
        graphics.fillRect(0, 0, band.getWidth(), band.getHeight());
        graphics.setComposite(AlphaComposite.SrcOver);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setColor(Color.WHITE);
        layout.draw(graphics, left, baseline);
        graphics.dispose();
    }
}
