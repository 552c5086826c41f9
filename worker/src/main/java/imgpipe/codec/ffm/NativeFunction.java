package imgpipe.codec.ffm;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A function of a native library, linked when it is first called: to link one takes about 10 ms, in
 * which a class is made for its signature, and most files need few of a library's functions.
 */
@SuppressWarnings("restricted")
final class NativeFunction {
    private final MemorySegment address;
    private final FunctionDescriptor descriptor;
    private volatile @Nullable MethodHandle handle;

    NativeFunction(MemorySegment address, FunctionDescriptor descriptor) {
        this.address = address;
        this.descriptor = descriptor;
    }

    /** What calls it, with the types of its descriptor. */
    MethodHandle handle() {
        MethodHandle linked = handle;
        if (linked == null) {
            linked = Linker.nativeLinker().downcallHandle(address, descriptor);
            handle = linked;
        }
        return linked;
    }
}
