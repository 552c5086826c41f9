package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Orientation;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps through the segments of a JPEG up to its first scan, once. */
final class JpegHeaderParser {
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int JFIF_BYTES = 14;
    private static final int ADOBE_BYTES = 12;
    private static final int ADOBE_TRANSFORM = 11;

    private final MemorySegment file;
    private final List<JpegMend> mends = new ArrayList<>();
    private final List<MemorySegment> profile = new ArrayList<>();
    private boolean jfif;
    private @Nullable Integer adobeTransform;
    private long adobeOffset;
    private @Nullable Orientation orientation;
    private @Nullable JpegFrame frame;

    JpegHeaderParser(MemorySegment file) {
        this.file = file;
    }

    JpegHeader parse() throws PictureException {
        if (file.byteSize() < 2 || JpegMarkers.u16(file, 0) != (0xFF00 | JpegMarkers.SOI)) {
            throw new PictureException(
                    Reason.NOT_A_PICTURE, "the file does not begin like a JPEG (FF D8)");
        }
        long position = 2;
        while (true) {
            long marker = JpegMarkers.next(file, position);
            if (marker < 0) {
                throw truncated();
            }
            mendGap(position, marker);
            int code = JpegMarkers.u8(file, marker + 1);
            position = marker + 2;
            if (JpegMarkers.standsAlone(code)) {
                continue;
            }
            if (code == JpegMarkers.SOI || code == JpegMarkers.EOI) {
                throw corrupt(
                        code == JpegMarkers.SOI
                                ? "a second JPEG begins inside the first one's header"
                                : "the JPEG ends before its first scan");
            }
            if (position + 2 > file.byteSize()) {
                throw truncated();
            }
            int length = JpegMarkers.u16(file, position);
            if (length < 2) {
                throw corrupt("the JPEG has a segment of length " + length);
            }
            if (position + length > file.byteSize()) {
                throw truncated();
            }
            MemorySegment content = file.asSlice(position + 2, length - 2L);
            if (code == JpegMarkers.SOS) {
                return header(marker, content);
            }
            note(code, content, position + 2);
            position += length;
        }
    }

    private void note(int code, MemorySegment content, long offset) throws PictureException {
        Optional<JpegProcess> process = JpegProcess.ofMarker(code);
        if (process.isPresent()) {
            if (frame != null) {
                throw corrupt("the JPEG has two frames");
            }
            frame = JpegFrame.of(process.get(), content);
        } else if (code == JpegMarkers.APP0) {
            noteJfif(content, offset);
        } else if (code == JpegMarkers.APP1) {
            if (orientation == null && begins(content, EXIF)) {
                orientation = ExifOrientation.of(content.asSlice(EXIF.length)).orElse(null);
            }
        } else if (code == JpegMarkers.APP2) {
            if (JpegProfile.isChunk(content)) {
                profile.add(content);
            }
        } else if (code == JpegMarkers.APP14
                && content.byteSize() >= ADOBE_BYTES
                && begins(content, ADOBE)) {
            adobeTransform = JpegMarkers.u8(content, ADOBE_TRANSFORM);
            adobeOffset = offset + ADOBE_TRANSFORM;
        }
    }

    private void noteJfif(MemorySegment content, long offset) {
        if (content.byteSize() < JFIF_BYTES || !begins(content, JFIF)) {
            return;
        }
        jfif = true;
        if (JpegMarkers.u8(content, JFIF.length) != 1) {
            mends.add(
                    new JpegMend(
                            offset + JFIF.length, 1, 1, "the JFIF segment's version is unknown"));
        }
    }

    private JpegHeader header(long firstScan, MemorySegment scan) throws PictureException {
        if (frame == null) {
            throw corrupt("the JPEG has a scan but no frame");
        }
        List<JpegComponent> components = frame.components();
        JpegColor color = JpegColor.of(components, jfif, adobeTransform);
        mendAdobe(color);
        int inScan = scan.byteSize() == 0 ? 0 : JpegMarkers.u8(scan, 0);
        boolean severalScans = frame.process().progressive() || inScan < components.size();
        if (severalScans) {
            JpegScans scans = JpegScans.walk(file, frame.process(), components, firstScan);
            if (scans.count() > JpegScans.MOST) {
                throw new PictureException(
                        Reason.LIMIT, "the JPEG has more than " + JpegScans.MOST + " scans");
            }
            mends.addAll(scans.mends());
        } else if (frame.process().sequential()) {
            JpegScans.mendSpectrum(file, firstScan, mends);
        }
        return new JpegHeader(
                frame.size(),
                frame.precision(),
                frame.process(),
                components,
                color,
                jfif,
                adobeTransform != null,
                orientation == null ? Orientation.UPRIGHT : orientation,
                JpegProfile.join(profile),
                severalScans,
                firstScan,
                mends);
    }

    /** Some writers leave bytes between segments; decoders skip them and complain. */
    private void mendGap(long from, long marker) {
        for (long position = from; position < marker; position++) {
            if (JpegMarkers.u8(file, position) != 0xFF) {
                long length = marker - from;
                // FF may be repeated before any marker: T.81, B.1.1.2
                mends.add(
                        new JpegMend(
                                from,
                                length,
                                0xFF,
                                length + " bytes lie between two segments of the header"));
                return;
            }
        }
    }

    private void mendAdobe(JpegColor color) {
        if (adobeTransform == null || color == JpegColor.GREY || (jfif && color == JpegColor.YCC)) {
            return;
        }
        int usual = color == JpegColor.YCC ? 1 : color == JpegColor.YCCK ? 2 : 0;
        if (adobeTransform != usual) {
            mends.add(
                    new JpegMend(
                            adobeOffset,
                            1,
                            usual,
                            "the Adobe segment names an unknown color transform"));
        }
    }

    private static boolean begins(MemorySegment content, byte[] with) {
        return content.byteSize() >= with.length
                && content.asSlice(0, with.length).mismatch(MemorySegment.ofArray(with)) == -1;
    }

    private static PictureException truncated() {
        return new PictureException(
                Reason.TRUNCATED, "the file ends in the JPEG's header, before any pixel");
    }

    private static PictureException corrupt(String sentence) {
        return new PictureException(Reason.CORRUPT, sentence);
    }
}
