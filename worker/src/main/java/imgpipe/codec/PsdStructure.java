package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.IccProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a PSD or PSB (Adobe Photoshop File Formats Specification, 2019).
 *
 * @param composite header, palette and the merged picture, without resources and layers: a reader
 *     would take memory for whatever length stands in those
 * @param profile the image resource 1039, or null
 */
record PsdStructure(List<MemorySegment> composite, @Nullable IccProfile profile) {
    private static final int HEADER = 26;
    private static final int PROFILE = 1039;
    private static final int PROFILE_LIMIT = 8 << 20;
    private static final int MOST_RESOURCES = 10_000;

    static PsdStructure of(MemorySegment file) throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        boolean large = bytes.u16(4) == 2;
        long palette = bytes.u32(HEADER);
        long resources = HEADER + 4 + palette;
        long resourceBytes = bytes.u32(resources);
        long layers = resources + 4 + resourceBytes;
        long layerBytes = large ? bytes.u64(layers) : bytes.u32(layers);
        long pixels = layers + (large ? 8 : 4);
        bytes.require(pixels, layerBytes);
        pixels += layerBytes;
        return new PsdStructure(
                List.of(
                        bytes.part(0, resources),
                        MemorySegment.ofArray(new byte[large ? 12 : 8]),
                        bytes.part(pixels, bytes.size() - pixels)),
                profile(Bytes.bigEndian(bytes.part(resources + 4, resourceBytes))));
    }

    private static @Nullable IccProfile profile(Bytes resources) throws PictureException {
        int count = 0;
        for (long at = 0; at + 12 <= resources.size() && count < MOST_RESOURCES; count++) {
            int id = resources.u16(at + 4);
            int name = resources.u8(at + 6) + 1;
            long sized = at + 6 + name + (name & 1);
            long length = resources.u32(sized);
            if (id == PROFILE) {
                if (length > PROFILE_LIMIT) {
                    throw new PictureException(
                            Reason.CORRUPT, "a color profile of " + length + " bytes is none");
                }
                return new IccProfile(
                        resources.part(sized + 4, length).toArray(ValueLayout.JAVA_BYTE));
            }
            at = sized + 4 + length + (length & 1);
        }
        return null;
    }
}
