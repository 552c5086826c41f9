package imgpipe.operation;

/** Numbers as recipes write them. */
final class Numbers {
    private Numbers() {}

    /** The shortest form: {@code 90} rather than {@code 90.0}. */
    static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
