package imgpipe.operation;

import java.math.BigDecimal;

/** Numbers as recipes write them. */
final class Numbers {
    private Numbers() {}

    /**
     * The shortest form that is read back to the same number, without an exponent: {@code 90}
     * rather than {@code 90.0}, {@code 0.0005}.
     */
    static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
