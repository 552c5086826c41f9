package imgpipe.transfer;

import java.io.IOException;
import java.util.List;

/** The publishing of one task's outputs, in one attempt or several. */
public interface Publication {
    /**
     * One attempt at all outputs.
     *
     * @return one for each rendition, in their order; none if all are left as they are there, which
     *     is right where nothing is to be overwritten
     */
    List<Published> publish() throws IOException, InterruptedException;
}
