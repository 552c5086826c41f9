package imgpipe.ledger;

/**
 * One whole line of a ledger.
 *
 * @param offset of its first byte in the file
 * @param length bytes, without the line feed
 * @param entry what it says
 */
public record LedgerLine(long offset, int length, LedgerEntry entry) {}
