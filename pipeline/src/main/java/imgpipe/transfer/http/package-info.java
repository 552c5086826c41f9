/**
 * Pictures of web servers: read by GET, written by PUT, over connections that are kept and whose
 * every address is checked where it is dialled. Knows {@code transfer.store}; must never know what
 * is done about a fault, nor where what it reads is kept.
 */
@NullMarked
package imgpipe.transfer.http;

import org.jspecify.annotations.NullMarked;
