package imgpipe.transfer.store;

import java.io.ByteArrayOutputStream;

/** An intake that keeps all bytes in memory. */
public class Collected implements Intake {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long announced = Long.MIN_VALUE;
    private String validator = "none was told";
    private boolean ended;

    @Override
    public boolean begin(long length, String told) throws StoreException {
        bytes.reset();
        announced = length;
        validator = told;
        return true;
    }

    @Override
    public void write(byte[] piece, int offset, int length) throws StoreException {
        bytes.write(piece, offset, length);
    }

    @Override
    public void end() {
        ended = true;
    }

    /** What came. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The length that was announced. */
    public long announced() {
        return announced;
    }

    /** The validator that was told. */
    public String validator() {
        return validator;
    }

    /** Whether the store said that this was all. */
    public boolean isWhole() {
        return ended;
    }
}
