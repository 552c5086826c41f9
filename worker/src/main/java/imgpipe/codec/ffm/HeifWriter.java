package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Takes the file that libheif has put together, which calls back with all of it at once. */
@SuppressWarnings("restricted")
final class HeifWriter {
    /** {@code struct heif_writer}. */
    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("writer_api_version"),
                    MemoryLayout.paddingLayout(4),
                    ADDRESS.withName("write"));

    private static final FunctionDescriptor WRITE =
            FunctionDescriptor.of(HeifFault.LAYOUT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    /** Of {@code struct heif_error}. */
    private static final int MESSAGE = 8;

    /** {@code heif_error_Encoding_error}. */
    private static final int CANNOT_WRITE = 9;

    private final Heif heif;
    private final Workspace workspace;
    private @Nullable MemorySegment written;
    private @Nullable Throwable thrown;
    private MemorySegment answer = MemorySegment.NULL;

    HeifWriter(Heif heif, Workspace workspace) {
        this.heif = heif;
        this.workspace = workspace;
    }

    /** The file of a context, valid until the workspace is reset. */
    MemorySegment write(MemorySegment context) throws PictureException {
        HeifFault fault;
        try (Arena arena = Arena.ofConfined()) {
            answer = arena.allocate(HeifFault.LAYOUT);
            answer.set(ADDRESS, MESSAGE, arena.allocateFrom("written by imgpipe"));
            MemorySegment writer = arena.allocate(LAYOUT);
            writer.set(JAVA_INT, 0, 1);
            writer.set(ADDRESS, 8, Linker.nativeLinker().upcallStub(take(), WRITE, arena));
            fault =
                    heif.fault(
                            HeifFunction.heif_context_write, context, writer, MemorySegment.NULL);
        }
        switch (thrown) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError("nothing else is declared", thrown);
        }
        if (!fault.isNone()) {
            throw fault.explained();
        }
        if (written == null) {
            throw new PictureException(Reason.UNSUPPORTED, "libheif has written nothing");
        }
        return written;
    }

    /** As C calls it: with the context in front and somebody's data behind. */
    private MethodHandle take() {
        try {
            MethodHandle take =
                    MethodHandles.lookup()
                            .findVirtual(
                                    HeifWriter.class,
                                    "take",
                                    MethodType.methodType(
                                            MemorySegment.class, MemorySegment.class, long.class))
                            .bindTo(this);
            return MethodHandles.dropArguments(
                    MethodHandles.dropArguments(take, 2, MemorySegment.class),
                    0,
                    MemorySegment.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the method is below", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by libheif
    private MemorySegment take(MemorySegment data, long size) {
        try {
            written = workspace.allocate(size).copyFrom(data.reinterpret(size));
        } catch (Throwable e) {
            // What leaves a method that C has called ends the process.
            thrown = e;
            answer.set(JAVA_INT, 0, CANNOT_WRITE);
        }
        return answer;
    }
}
