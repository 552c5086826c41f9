package imgpipe.codec;

import imgpipe.image.IccProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name that an ICC profile gives itself in its tag {@code desc}: a multiLocalizedUnicodeType
 * (ICC.1:2022, 9.2.41 and 10.15) or, before version 4, a textDescriptionType (ICC.1:2001-04,
 * 6.5.17).
 */
public final class ProfileName {
    private static final int TAGS = 128;
    private static final int TAG = 12;
    private static final int MOST_TAGS = 1000;
    private static final int LONGEST = 1000;

    private ProfileName() {}

    /** The name, at most 1000 bytes of it; empty if there is none or it is damaged. */
    public static Optional<String> of(IccProfile profile) {
        Bytes bytes = Bytes.bigEndian(MemorySegment.ofArray(profile.bytes()));
        try {
            long count = Math.min(MOST_TAGS, bytes.u32(TAGS));
            for (int i = 0; i < count; i++) {
                long entry = TAGS + 4 + (long) i * TAG;
                if (bytes.is(entry, "desc")) {
                    return text(bytes, bytes.u32(entry + 4))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty());
                }
            }
        } catch (PictureException damaged) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> text(Bytes bytes, long at) throws PictureException {
        if (bytes.is(at, "desc")) {
            return Optional.of(
                    decoded(bytes, at + 12, bytes.u32(at + 8), StandardCharsets.ISO_8859_1));
        }
        if (bytes.is(at, "mluc") && bytes.u32(at + 8) > 0) {
            // The first of its languages: one that asks for no other is English as a rule.
            long length = bytes.u32(at + 20);
            return Optional.of(
                    decoded(bytes, at + bytes.u32(at + 24), length, StandardCharsets.UTF_16BE));
        }
        return Optional.empty();
    }

    private static String decoded(Bytes bytes, long at, long length, Charset charset)
            throws PictureException {
        byte[] text = bytes.part(at, Math.min(length, LONGEST)).toArray(ValueLayout.JAVA_BYTE);
        String name = new String(text, charset);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }
}
