package imgpipe.transfer.archive;

import imgpipe.transfer.store.Intake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Takes everything, and remembers it. */
final class Taken implements Intake {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long announced = -1;
    private String validator = "";
    private boolean ended;

    @Override
    public boolean begin(long bytes, String newValidator) {
        announced = bytes;
        validator = newValidator;
        return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        content.write(bytes, offset, length);
    }

    @Override
    public void end() {
        ended = true;
    }

    byte[] bytes() {
        return content.toByteArray();
    }

    String text() {
        return content.toString(StandardCharsets.UTF_8);
    }

    long announced() {
        return announced;
    }

    String validator() {
        return validator;
    }

    boolean isEnded() {
        return ended;
    }
}
