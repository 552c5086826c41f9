package imgpipe.listing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One form of lists. */
interface Rows {
    /**
     * Reads row by row; memory does not grow.
     *
     * @param in the list without compression and without mark of byte order
     * @throws ListException when it is no such list, or not to its end
     */
    void read(InputStream in, Consumer rows) throws IOException, ListException;

    /** What takes the rows. */
    interface Consumer {
        /** The next row; false when no more are wanted. Blanks are not yet stripped. */
        boolean row(long line, String address, @Nullable String name)
                throws IOException, ListException;

        /**
         * A row that cannot be read.
         *
         * @param why goes on with the sentence that begins with the line's number
         */
        void unreadable(long line, String why) throws IOException;
    }
}
