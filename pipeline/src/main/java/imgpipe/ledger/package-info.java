/**
 * The append-only list of outcomes that tells a later run what it may skip. Knows {@code shard};
 * must never know how pictures are made or moved.
 */
@NullMarked
package imgpipe.ledger;

import org.jspecify.annotations.NullMarked;
