package imgpipe.codec.ffm;

/** A call of a C function through a method handle. */
interface Native<T> {
    T invoke() throws Throwable;

    /** What the function returns. */
    static <T> T call(Native<T> call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("C functions throw nothing", e);
        }
    }
}
