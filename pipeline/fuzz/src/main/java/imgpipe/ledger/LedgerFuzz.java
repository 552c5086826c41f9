package imgpipe.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Ledgers. Whatever the file holds, its readers end without an exception; what they understood is
 * written so that it reads the same; and compacting it loses no source.
 */
public final class LedgerFuzz {
    private static final Path FILE = file();

    private LedgerFuzz() {}

    /** The bytes are the file; lines that look like objects get right checksums. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, sealed(data));
        try (LedgerReader reader = LedgerReader.open(FILE)) {
            for (LedgerLine line = reader.next(); line != null; line = reader.next()) {
                requireSame(line.entry());
            }
        }
        LedgerIndex before = LedgerIndex.read(FILE);
        try (LedgerLookup lookup = LedgerLookup.open(FILE)) {
            lookup.find("a");
        }
        // It waits for the disk.
        if (data.length % 16 == 0) {
            Compaction.compact(FILE);
            LedgerIndex after = LedgerIndex.read(FILE);
            if (after.size() != before.size() || after.damaged() > 0) {
                throw new IllegalStateException(before.size() + " sources became " + after.size());
            }
        }
    }

    private static void requireSame(LedgerEntry entry) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        LedgerFormat.write(entry, line);
        if (!entry.equals(LedgerFormat.read(line.toByteArray(), 0, line.size() - 1))) {
            throw new IllegalStateException("not read back: " + entry);
        }
    }

    /** Each line that ends in a brace with the checksum before it. */
    private static byte[] sealed(byte[] data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int begin = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '}' && i + 1 < data.length && data[i + 1] == '\n') {
                CRC32C checksum = new CRC32C();
                checksum.update(data, begin, i - begin);
                file.write(data, begin, i - begin);
                String digits = HexFormat.of().toHexDigits((int) checksum.getValue());
                file.writeBytes(
                        (",\"crc\":\"" + digits + "\"").getBytes(StandardCharsets.US_ASCII));
                begin = i;
            } else if (data[i] == '\n') {
                file.write(data, begin, i + 1 - begin);
                begin = i + 1;
            }
        }
        file.write(data, begin, data.length - begin);
        return file.toByteArray();
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
