package imgpipe.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ledgers. Whatever the file holds, its readers end without an exception; what they understood is
 * written so that it reads the same; and a ledger that a line was added to still tells of it.
 */
public final class LedgerFuzz {
    private static final Path FILE = file();

    private LedgerFuzz() {}

    /** The bytes are the file. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n", -1)) {
            LedgerEntry entry = LedgerFormat.read(line);
            if (entry != null && !entry.equals(LedgerFormat.read(LedgerFormat.write(entry)))) {
                throw new IllegalStateException("not read back: " + entry);
            }
        }
        Files.write(FILE, data);
        LedgerIndex.read(FILE).size();
        try (LedgerLookup lookup = LedgerLookup.open(FILE)) {
            lookup.find("a");
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("ledger", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
