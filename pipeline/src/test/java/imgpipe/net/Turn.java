package imgpipe.net;

import imgpipe.net.Disturbance.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to one request.
 *
 * @param kind of disturbance, or null for none
 * @param after how many bytes of the answer
 */
record Turn(@Nullable Kind kind, int after) {}
