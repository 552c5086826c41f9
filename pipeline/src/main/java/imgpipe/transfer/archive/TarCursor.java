package imgpipe.transfer.archive;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of a tar by the offsets of their headers. Of a plain one no more than headers and
 * wanted members are read. For one thread.
 */
final class TarCursor implements Closeable {
    private static final int BLOCK = 512;

    /** Bytes that the headers of one member may take. */
    private static final int MOST_HEADERS = 1 << 20;

    private final TarContent content;

    TarCursor(Path file, boolean gzip) throws IOException {
        content = new TarContent(file, gzip);
    }

    /** Whether a file begins with the header of a member, as the header's checksum shows. */
    static boolean isTar(Path file) throws IOException {
        try (TarContent content = new TarContent(file, false)) {
            byte[] block = content.readNBytes(BLOCK);
            return block.length == BLOCK && (isZero(block) || TarUtils.verifyCheckSum(block));
        } catch (IllegalArgumentException e) {
            // No octal digits where the checksum stands.
            return false;
        }
    }

    /** What a member is. */
    enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    /**
     * A member.
     *
     * @param name as the tar has it, without {@code ./} in front
     * @param bytes its size
     * @param modified nanoseconds since 1970
     * @param next offset of what follows
     * @param content valid until the next call
     */
    record Member(
            String name, Kind kind, long bytes, long modified, long next, InputStream content) {}

    /**
     * The member whose header is there, or null where the tar has its end mark.
     *
     * @throws IOException when there is neither
     */
    @Nullable Member at(long offset) throws IOException {
        content.seek(offset);
        byte[] first = content.readNBytes(BLOCK);
        if (first.length < BLOCK) {
            throw new EOFException();
        }
        if (isZero(first)) {
            return null;
        }
        content.limit(MOST_HEADERS);
        TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new SequenceInputStream(new ByteArrayInputStream(first), content),
                        StandardCharsets.UTF_8.name());
        TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException("the header cannot be read", e);
        }
        content.limit(Long.MAX_VALUE);
        if (entry == null) {
            throw new EOFException();
        }
        if (!entry.isCheckSumOK() || entry.getSize() < 0) {
            throw new IOException("the header is damaged");
        }
        return new Member(
                below(entry.getName()),
                kind(entry),
                entry.getSize(),
                entry.getLastModifiedTime().to(TimeUnit.NANOSECONDS),
                content.position() + Math.ceilDiv(entry.getSize(), BLOCK) * BLOCK,
                tar);
    }

    /** What {@code tar -c .} names {@code ./a} is {@code a} of the folder. */
    private static String below(String name) {
        String rest = name;
        while (rest.startsWith("./") && rest.length() > 2) {
            rest = rest.substring(2);
        }
        return rest;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static Kind kind(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return Kind.FOLDER;
        }
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
                    entry.isSparse() ? Kind.OTHER : Kind.FILE;
            default -> Kind.OTHER;
        };
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
