package imgpipe.codec;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.CURImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.dcx.DCXImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.hdr.HDRImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.icns.ICNSImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pcx.PCXImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.sgi.SGIImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tga.TGAImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import imgpipe.image.ImageFormat;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * Which plugin reads and which writes a format, named by class. ImageIO's own search would take
 * whichever comes first on the class path.
 */
final class Plugins {
    private static final String JDK = "com.sun.imageio.plugins.";

    static {
        // Every stream here is memory; a temporary file would only be slower.
        ImageIO.setUseCache(false);
    }

    private Plugins() {}

    /** A new reader for this file. */
    static ImageReader reader(ImageFormat format, Bytes file) throws IOException {
        ImageReaderSpi spi =
                switch (format) {
                    case JPEG ->
                            registered(ImageReaderSpi.class, JPEGImageReaderSpi.class.getName());
                    case PNG -> registered(ImageReaderSpi.class, JDK + "png.PNGImageReaderSpi");
                    case GIF -> registered(ImageReaderSpi.class, JDK + "gif.GIFImageReaderSpi");
                    case WEBP -> new WebPImageReaderSpi();
                    case TIFF ->
                            file.is(2, "+") || file.is(3, "+")
                                    ? new BigTIFFImageReaderSpi()
                                    : new TIFFImageReaderSpi();
                    case BMP -> new BMPImageReaderSpi();
                    case PNM -> new PNMImageReaderSpi();
                    case PSD -> new PSDImageReaderSpi();
                    case TGA -> new TGAImageReaderSpi();
                    case ICO ->
                            file.is(2, "\u0002")
                                    ? new CURImageReaderSpi()
                                    : new ICOImageReaderSpi();
                    case ICNS -> new ICNSImageReaderSpi();
                    case PCX ->
                            file.is(0, "\n") ? new PCXImageReaderSpi() : new DCXImageReaderSpi();
                    case SGI -> new SGIImageReaderSpi();
                    case HDR -> new HDRImageReaderSpi();
                    case HEIC, AVIF -> throw new IOException(format + " has no reader");
                };
        return spi.createReaderInstance();
    }

    /** A new writer. */
    static ImageWriter writer(ImageFormat format) throws IOException {
        ImageWriterSpi spi =
                switch (format) {
                    case JPEG -> registered(ImageWriterSpi.class, JDK + "jpeg.JPEGImageWriterSpi");
                    case PNG -> registered(ImageWriterSpi.class, JDK + "png.PNGImageWriterSpi");
                    case GIF -> registered(ImageWriterSpi.class, JDK + "gif.GIFImageWriterSpi");
                    case BMP -> registered(ImageWriterSpi.class, JDK + "bmp.BMPImageWriterSpi");
                    case TIFF -> new TIFFImageWriterSpi();
                    case WEBP -> new WebPImageWriterSpi();
                    default -> throw new IOException(format + " has no writer");
                };
        return spi.createWriterInstance();
    }

    /** The JDK's plugins, and those that lean on one of them, cannot be made by their class. */
    private static <T> T registered(Class<T> kind, String name) throws IOException {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (all.hasNext()) {
            T provider = all.next();
            if (provider.getClass().getName().equals(name)) {
                return provider;
            }
        }
        throw new IOException(name + " is not part of this Java");
    }
}
