package imgpipe.listing;

import java.io.IOException;
import java.io.InputStream;

/** One address a line; empty lines and those that begin with {@code #} say nothing. */
final class TextRows implements Rows {
    @Override
    public void read(InputStream in, Consumer rows) throws IOException, ListException {
        Lines lines = new Lines(in);
        boolean wanted = true;
        for (String line = lines.next(); line != null; line = wanted ? lines.next() : null) {
            String text = line.strip();
            if (lines.isTooLong()) {
                rows.unreadable(lines.number(), "is too long");
            } else if (!text.isEmpty() && !text.startsWith("#")) {
                wanted = rows.row(lines.number(), text, null);
            }
        }
    }
}
