package imgpipe.pipe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** One side's open ends of a {@link PipePair}. Closing them ends whoever reads or writes them. */
public final class PipeEnds implements AutoCloseable {
    private final FileChannel in;
    private final FileChannel out;
    private final InputStream input;
    private final OutputStream output;

    PipeEnds(FileChannel in, FileChannel out) {
        this.in = in;
        this.out = out;
        input = new BufferedInputStream(Channels.newInputStream(in));
        output = Channels.newOutputStream(out);
    }

    /** What the other side says. For one thread. */
    public InputStream in() {
        return input;
    }

    /** What is said to the other side. Not buffered; for one thread. */
    public OutputStream out() {
        return output;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            in.close();
        }
    }
}
