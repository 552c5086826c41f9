package imgpipe.transfer;

import imgpipe.shard.FileFault;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object into a file of the spool, as far as it may be as large as it is, and has not
 * more nor fewer bytes than announced.
 */
final class SpoolIntake implements Intake, AutoCloseable {
    /** What comes without its size gets so many times what has come, if that was not enough. */
    private static final int GROWTH = 4;

    /** How far to look for the first letter of a text. */
    private static final int FIRST = 64;

    private final Path file;
    private final ByteBudget.Share share;
    private final SourceLimit limit;
    private final long most;
    private final @Nullable Known known;
    private final Runnable moved;
    private @Nullable FileChannel channel;
    private long announced = -1;
    private String validator = "";
    private long written;
    private long wanted;

    /**
     * An intake for one attempt.
     *
     * @param file is made, or written over
     * @param share room that the file has, which grows as far as there is more
     * @param limit of the bytes that an object may have
     * @param known an object like this is not wanted; or null
     * @param moved is told of each write
     */
    SpoolIntake(
            Path file,
            ByteBudget.Share share,
            SourceLimit limit,
            @Nullable Known known,
            Runnable moved) {
        this.file = file;
        this.share = share;
        this.limit = limit;
        most = limit.bytes();
        this.known = known;
        this.moved = moved;
    }

    @Override
    public boolean begin(long bytes, String validator) throws StoreException {
        if (known != null && known.isStill(bytes, validator)) {
            return false;
        }
        if (bytes > most) {
            throw tooLarge("it has " + bytes + " bytes");
        }
        announced = bytes;
        this.validator = validator;
        if (bytes >= 0 && !share.resize(bytes)) {
            throw noRoom(bytes);
        }
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw local(e);
        }
        return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length)
            throws StoreException, InterruptedException {
        FileChannel out = channel;
        if (out == null) {
            throw new IllegalStateException("bytes before the beginning");
        }
        if (written == 0) {
            requireNoText(bytes, offset, length);
        }
        long sum = written + length;
        if (announced >= 0 && sum > announced) {
            throw new StoreException(
                    Fault.SHORT, "more bytes came than the " + announced + " announced", null);
        }
        if (sum > most) {
            throw tooLarge("more than " + most + " bytes came, without an end");
        }
        if (sum > share.bytes() && !share.resize(Math.min(most, 2 * sum))) {
            throw noRoom(Math.min(most, GROWTH * sum));
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                int _ = out.write(buffer);
            }
        } catch (ClosedByInterruptException e) {
            // Which says how an interruption ends here, and takes it away.
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw local(e);
        }
        written = sum;
        moved.run();
    }

    /**
     * Servers answer with a page in words where a picture should be, and call that a success. No
     * format of pictures begins like one, with blanks before it or not.
     */
    private static void requireNoText(byte[] bytes, int offset, int length) throws StoreException {
        String begin =
                new String(bytes, offset, Math.min(length, FIRST), StandardCharsets.ISO_8859_1)
                        .replaceFirst("^\u00EF\u00BB\u00BF", "")
                        .stripLeading();
        if (begin.regionMatches(true, 0, "<!doctype", 0, 9)
                || begin.regionMatches(true, 0, "<html", 0, 5)
                || begin.startsWith("<?xml")
                || begin.startsWith("{\"")) {
            throw new StoreException(
                    Fault.NOT_A_PICTURE,
                    "the server calls it a success, but what it sends is a text that begins with "
                            + begin.split("[\\s>]", 2)[0]
                            + (begin.startsWith("<") ? ">" : "")
                            + " and no picture",
                    null);
        }
    }

    @Override
    public void end() throws StoreException {
        if (announced >= 0 && written < announced) {
            throw new StoreException(
                    Fault.SHORT, "of " + announced + " bytes only " + written + " came", null);
        }
    }

    private StoreException tooLarge(String what) {
        return new StoreException(
                Fault.LIMIT, what + "; " + limit.options() + " " + most + " for one picture", null);
    }

    private StoreException noRoom(long bytes) {
        wanted = bytes;
        return new StoreException(Fault.LIMIT, "there is no room in the spool", null);
    }

    private static StoreException local(IOException e) {
        return new StoreException(
                Fault.LOCAL, "it cannot be written to the spool: " + FileFault.reason(e), e);
    }

    /** How much room another attempt needs from the start, if this one failed for it; 0 if not. */
    long wanted() {
        return wanted;
    }

    /** What has arrived, after the end. Its room is as large as it is. */
    SpooledFile file() {
        boolean _ = share.resize(written);
        return new SpooledFile(file, written, validator, share);
    }

    @Override
    public void close() throws StoreException {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw local(e);
        }
    }
}
