package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG (ISO/IEC 15948, chapter 5). Nothing is inflated here but the profile, and
 * that no further than 8 MiB.
 *
 * @param size from IHDR
 * @param description for people
 * @param pixels what a decoder needs: signature, IHDR, PLTE, tRNS, IDAT, IEND
 * @param data what is there of IDAT's parts, a zlib stream
 * @param palette the colors in PLTE
 * @param transparency the content of tRNS
 * @param orientation from eXIf
 * @param compressedProfile the zlib stream in iCCP
 * @param animation the content of acTL
 * @param exact whether its chunks with pixels have room for nothing else, and no other chunk is
 *     called critical
 * @param fault what is wrong with the chunks, or null
 */
record PngStructure(
        Size size,
        String description,
        List<MemorySegment> pixels,
        List<MemorySegment> data,
        @Nullable MemorySegment palette,
        @Nullable MemorySegment transparency,
        Orientation orientation,
        @Nullable MemorySegment compressedProfile,
        @Nullable MemorySegment animation,
        boolean exact,
        @Nullable PictureException fault) {
    private static final int SIGNATURE = 8;
    private static final int PROFILE_LIMIT = 8 << 20;

    /** Of a palette. */
    private static final int MOST_COLORS = 256;

    /** A chunk's length, type and checksum. */
    private static final int FRAMING = 12;

    /**
     * Reads IHDR and walks over what follows; only a broken IHDR throws.
     *
     * @param verify whether the checksums of chunks with pixels are compared too
     */
    static PngStructure of(MemorySegment file, boolean verify) throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        if (!bytes.is(SIGNATURE + 4, "IHDR") || bytes.u32(SIGNATURE) != 13) {
            bytes.require(SIGNATURE, FRAMING + 13);
            throw new PictureException(Reason.CORRUPT, "the PNG does not begin with its header");
        }
        bytes.require(SIGNATURE, FRAMING + 13);
        Size size = FileSizes.of(bytes.u32(16), bytes.u32(20));
        Walk walk = new Walk(bytes, verify);
        PictureException fault = null;
        try {
            walk.run();
        } catch (PictureException e) {
            fault = e;
        }
        if (walk.wrong != null) {
            fault = walk.wrong;
        }
        return new PngStructure(
                size,
                describe(bytes.u8(24), bytes.u8(25), bytes.u8(28)),
                walk.pixels(),
                walk.data,
                walk.palette,
                walk.transparency,
                walk.orientation,
                walk.profile,
                walk.animation,
                walk.exact,
                fault);
    }

    private static String describe(int bits, int type, int interlace) {
        String color =
                switch (type) {
                    case 0 -> "grey";
                    case 3 -> "palette";
                    case 4 -> "grey with alpha";
                    case 6 -> "RGB with alpha";
                    default -> "RGB";
                };
        return bits + "-bit " + color + (interlace == 1 ? ", interlaced" : "");
    }

    Header header() {
        return new Header(ImageFormat.PNG, size, 1, orientation, description);
    }

    /** The ICC profile, or null if there is none or it is damaged or larger than 8 MiB. */
    @Nullable IccProfile profile() {
        if (compressedProfile == null) {
            return null;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressedProfile.asByteBuffer());
            byte[] out = new byte[64 << 10];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length >= PROFILE_LIMIT) {
                        return null;
                    }
                    out = Arrays.copyOf(out, 2 * length);
                }
                int count = inflater.inflate(out, length, out.length - length);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return null;
                }
                length += count;
            }
            return new IccProfile(Arrays.copyOf(out, length));
        } catch (DataFormatException damaged) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Steps from chunk to chunk and remembers what matters. */
    private static final class Walk {
        private final Bytes bytes;
        private final boolean verify;
        private final List<long[]> runs = new ArrayList<>();
        private final CRC32 checksum = new CRC32();
        private final List<MemorySegment> data = new ArrayList<>();
        private @Nullable MemorySegment palette;
        private @Nullable MemorySegment transparency;
        private Orientation orientation = Orientation.UPRIGHT;
        private @Nullable MemorySegment profile;
        private @Nullable MemorySegment animation;
        private long cut = -1;
        private boolean exact = true;

        /** The first checksum that is wrong; what it is about may be good all the same. */
        private @Nullable PictureException wrong;

        Walk(Bytes bytes, boolean verify) {
            this.bytes = bytes;
            this.verify = verify;
            runs.add(new long[] {0, SIGNATURE});
        }

        void run() throws PictureException {
            for (long at = SIGNATURE; ; ) {
                long length = bytes.u32(at);
                long next = at + FRAMING + length;
                boolean critical = (bytes.u8(at + 4) & 0x20) == 0;
                if (isPixels(at)) {
                    keep(at, Math.min(next, bytes.size()));
                    exact &= isExact(at, length);
                } else {
                    exact &= !critical;
                }
                if (next > bytes.size()) {
                    cut = at;
                }
                if (bytes.is(at + 4, "IDAT")) {
                    data.add(bytes.part(at + 8, Math.min(length, bytes.size() - at - 8)));
                }
                bytes.require(at, FRAMING + length);
                if (critical && verify) {
                    check(at, length);
                }
                if (bytes.is(at + 4, "IEND")) {
                    if (data.isEmpty()) {
                        throw new PictureException(Reason.CORRUPT, "the PNG has no pixel data");
                    }
                    return;
                }
                note(at, length);
                at = next;
            }
        }

        private boolean isPixels(long at) {
            return bytes.is(at + 4, "IDAT")
                    || bytes.is(at + 4, "IHDR")
                    || bytes.is(at + 4, "PLTE")
                    || bytes.is(at + 4, "tRNS")
                    || bytes.is(at + 4, "IEND");
        }

        /** Whether a chunk is there once and no longer than what it is for. */
        private boolean isExact(long at, long length) {
            if (bytes.is(at + 4, "IHDR")) {
                return at == SIGNATURE;
            }
            if (bytes.is(at + 4, "PLTE")) {
                return palette == null && length <= 3 * MOST_COLORS;
            }
            if (bytes.is(at + 4, "tRNS")) {
                return transparency == null && length <= MOST_COLORS;
            }
            return length == 0 || bytes.is(at + 4, "IDAT");
        }

        private void note(long at, long length) throws PictureException {
            if (bytes.is(at + 4, "PLTE")) {
                palette = bytes.part(at + 8, Math.min(length, 3 * MOST_COLORS));
            } else if (bytes.is(at + 4, "tRNS")) {
                transparency = bytes.part(at + 8, Math.min(length, MOST_COLORS));
            } else if (bytes.is(at + 4, "eXIf")) {
                orientation =
                        ExifOrientation.of(bytes.part(at + 8, length)).orElse(Orientation.UPRIGHT);
            } else if (bytes.is(at + 4, "acTL") && length == 8) {
                animation = bytes.part(at + 8, length);
            } else if (bytes.is(at + 4, "iCCP") && profile == null) {
                for (int name = 0; name < Math.min(80, length - 2); name++) {
                    if (bytes.u8(at + 8 + name) == 0) {
                        profile = bytes.part(at + 8 + name + 2, length - name - 2);
                        return;
                    }
                }
            }
        }

        private void check(long at, long length) throws PictureException {
            checksum.reset();
            for (long done = 0; done < length + 4; ) {
                long count = Math.min(length + 4 - done, 1 << 30);
                checksum.update(bytes.part(at + 4 + done, count).asByteBuffer());
                done += count;
            }
            if (wrong == null && checksum.getValue() != bytes.u32(at + 8 + length)) {
                wrong =
                        new PictureException(
                                Reason.CORRUPT,
                                "the PNG's checksum at byte " + (at + 8 + length) + " is wrong");
            }
        }

        private void keep(long from, long to) {
            long[] last = runs.getLast();
            if (last[1] == from) {
                last[1] = to;
            } else {
                runs.add(new long[] {from, to});
            }
        }

        List<MemorySegment> pixels() {
            List<MemorySegment> parts = new ArrayList<>();
            for (long[] run : runs) {
                if (cut < run[0] || cut >= run[1]) {
                    parts.add(bytes.memory().asSlice(run[0], run[1] - run[0]));
                    continue;
                }
                parts.add(bytes.memory().asSlice(run[0], cut - run[0]));
                long length = run[1] - cut - FRAMING;
                if (length > 0) {
                    // The reader refuses a chunk that is longer than the file.
                    byte[] shorter = ByteBuffer.allocate(4).putInt((int) length).array();
                    parts.add(MemorySegment.ofArray(shorter));
                    parts.add(bytes.memory().asSlice(cut + 4, run[1] - cut - 4));
                }
            }
            return parts;
        }
    }
}
