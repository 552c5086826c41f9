package imgpipe.codec;

import imgpipe.codec.ffm.Libdeflate;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Planes to one PNG. */
final class PngEncoder {
    private static final List<PngFiltering> NOTHING_TO_TRY = List.of();

    private final @Nullable Libdeflate library;
    private final Workspace workspace;

    PngEncoder(@Nullable Libdeflate library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    MemorySegment encode(Picture picture, EncodeSettings settings) {
        IndexedPixels few = few(picture, settings.colors());
        PngLayout layout = layout(picture, few, settings.progressive());
        PngChunks chunks = new PngChunks();
        chunks.add("IHDR", header(layout));
        PngPixels pixels;
        if (few == null) {
            pixels = new SamplePixels(picture.planes());
        } else {
            PngPalette.add(few.colors(), chunks);
            pixels = new PalettePixels(few, picture.size().width());
        }
        PngEffort effort = PngEffort.of(settings.effort(), few != null);
        for (MemorySegment part : deflated(pixels, layout, effort)) {
            chunks.add("IDAT", part);
        }
        chunks.add("IEND", MemorySegment.ofArray(new byte[0]));
        return chunks.joined(workspace);
    }

    /**
     * The picture with a palette, if one was asked for. A grey picture with a profile has none: the
     * profile is of grey samples, and there are no more than 256 of them.
     */
    private static @Nullable IndexedPixels few(Picture picture, int colors) {
        if (colors == 0 || (picture.color() == ColorModel.GREY && picture.profile() != null)) {
            return null;
        }
        int[] pixels = ArgbPixels.of(picture.size(), picture.planes(), picture.alpha());
        return Quantizer.reduce(pixels, picture.size().width(), colors);
    }

    private static PngLayout layout(
            Picture picture, @Nullable IndexedPixels few, boolean interlaced) {
        if (few != null) {
            return new PngLayout(picture.size(), few.bits(), PngLayout.PALETTE, interlaced);
        }
        int type =
                switch (picture.planes().size()) {
                    case 1 -> PngLayout.GREY;
                    case 2 -> PngLayout.GREY_ALPHA;
                    case 3 -> PngLayout.RGB;
                    default -> PngLayout.RGB_ALPHA;
                };
        return new PngLayout(picture.size(), 8, type, interlaced);
    }

    private static MemorySegment header(PngLayout layout) {
        byte[] header = new byte[13];
        ByteBuffer.wrap(header)
                .putInt(layout.size().width())
                .putInt(layout.size().height())
                .put((byte) layout.bits())
                .put((byte) layout.type())
                .putShort((short) 0)
                .put((byte) (layout.interlaced() ? 1 : 0));
        return MemorySegment.ofArray(header);
    }

    private List<MemorySegment> deflated(PngPixels pixels, PngLayout layout, PngEffort effort) {
        PngDeflater deflater = new PngDeflater(library, layout.bytes(), workspace);
        PngFiltering best = effort.tried().getFirst();
        long least = Long.MAX_VALUE;
        for (PngFiltering tried : effort.tried().size() == 1 ? NOTHING_TO_TRY : effort.tried()) {
            PngPacker packer = new PngPacker(pixels, layout, tried);
            long bytes =
                    deflater.deflate(packer, PngEffort.LEAST).stream()
                            .mapToLong(MemorySegment::byteSize)
                            .sum();
            if (bytes < least) {
                least = bytes;
                best = tried;
            }
        }
        return deflater.deflate(new PngPacker(pixels, layout, best), effort);
    }
}
