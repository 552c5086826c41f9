package imgpipe.codec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.ffm.Libdeflate;

/** PNG as libdeflate inflates it, all at once. */
class LibdeflatePngTest extends PngContract {
    @Override
    Codec codec() {
        assumeTrue(
                Libdeflate.search().library().isPresent(),
                () ->
                        "libdeflate is not here, so it cannot be tested; run"
                                + " scripts/fetch-native-codecs libdeflate0. Looked at: "
                                + Libdeflate.search().tried());
        return PngCodec.ofThisMachine();
    }
}
