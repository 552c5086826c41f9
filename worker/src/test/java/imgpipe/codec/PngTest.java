package imgpipe.codec;

import java.util.Optional;

/** PNG as the JDK inflates it, row by row. */
class PngTest extends PngContract {
    @Override
    Codec codec() {
        return new PngCodec(Optional.empty());
    }
}
