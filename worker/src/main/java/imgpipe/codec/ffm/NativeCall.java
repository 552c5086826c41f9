package imgpipe.codec.ffm;

/** A call of a C function through its handle, which says that it may throw anything. */
@FunctionalInterface
interface NativeCall<T> {
    /** What the function returns. */
    T invoke() throws Throwable;

    /** Makes the call. */
    static <T> T make(NativeCall<T> call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("C functions throw nothing", e);
        }
    }
}
