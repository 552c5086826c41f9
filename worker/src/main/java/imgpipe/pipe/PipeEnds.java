package imgpipe.pipe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;

/** One side's open ends of a {@link PipePair}. Closing them ends whoever reads or writes them. */
public final class PipeEnds implements AutoCloseable {
    private final FileChannel in;
    private final FileChannel out;
    private final InputStream input;
    private final OutputStream output;
    private final List<FileChannel> held;

    /**
     * Open ends.
     *
     * @param held both ends of each, until the other side has opened its own
     */
    PipeEnds(FileChannel in, FileChannel out, List<FileChannel> held) {
        this.held = held;
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

    /**
     * The other side has opened its ends, or never will: from now on, whoever reads sees the end of
     * the stream when nobody is left to write. Done twice, it does nothing.
     */
    public void letGo() throws IOException {
        for (FileChannel channel : held) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            letGo();
            in.close();
        }
    }
}
