package imgpipe.codec;

/** PNG by the codec that tests take for the reference. */
class ImageIoPngTest extends PngContract {
    @Override
    Codec codec() {
        return new ImageIoCodec();
    }
}
