package imgpipe.dispatch.process.confine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The loader that a program names and that the kernel runs in its place: the header of type
 * PT_INTERP in an ELF file of 64 bits (System V Application Binary Interface, "Program Loading").
 */
public final class Interpreter {
    private static final int MAGIC = 0x464c457f;
    private static final int PT_INTERP = 3;
    private static final int MOST_BYTES = 4096;

    private Interpreter() {}

    /** Empty if the file cannot be read, is no such program, or needs no loader. */
    public static Optional<Path> of(Path program) {
        try (FileChannel file = FileChannel.open(program)) {
            ByteBuffer head = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.nativeOrder());
            file.read(head);
            head.flip();
            if (head.getInt(0) != MAGIC) {
                return Optional.empty();
            }
            int table = Math.toIntExact(head.getLong(32));
            int size = head.getShort(54);
            int entries = head.getShort(56);
            for (int entry = 0; entry < entries; entry++) {
                int at = table + entry * size;
                if (head.getInt(at) == PT_INTERP) {
                    return Optional.of(name(head, at));
                }
            }
        } catch (IOException
                | ArithmeticException
                | IndexOutOfBoundsException
                | InvalidPathException e) {
            // Then it will not start either, or it is a script, and something else is missing.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Path name(ByteBuffer head, int at) {
        int from = Math.toIntExact(head.getLong(at + 8));
        int length = Math.toIntExact(head.getLong(at + 32)) - 1;
        byte[] name = new byte[Math.max(0, length)];
        head.get(from, name);
        return Path.of(new String(name, StandardCharsets.UTF_8));
    }
}
