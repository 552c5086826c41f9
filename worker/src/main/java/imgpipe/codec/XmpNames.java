package imgpipe.codec;

import imgpipe.image.Size;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The names of XMP properties that the policies speak of (XMP Specification Part 2). */
final class XmpNames {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final String META = "adobe:ns:meta/";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final String RIGHTS = "http://ns.adobe.com/xap/1.0/rights/";
    private static final String BASIC = "http://ns.adobe.com/xap/1.0/";
    private static final String IMAGE = "http://ns.adobe.com/xap/1.0/g/img/";
    private static final String NOTE = "http://ns.adobe.com/xmp/note/";
    private static final String TIFF = "http://ns.adobe.com/tiff/1.0/";
    private static final String EXIF = "http://ns.adobe.com/exif/1.0/";
    private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
    private static final String IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
    private static final String IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    private static final Set<String> SYNTAX = Set.of(RDF, XML, META);

    private XmpNames() {}

    static boolean isRdf(String namespace, String local) {
        return namespace.equals(RDF) && local.equals("RDF");
    }

    static boolean isDescription(String namespace, String local) {
        return namespace.equals(RDF) && local.equals("Description");
    }

    /** Whether names of this namespace are no properties. */
    static boolean ofSyntax(String namespace) {
        return SYNTAX.contains(namespace);
    }

    static boolean isCopyright(String namespace, String local) {
        return namespace.equals(RIGHTS)
                || (namespace.equals(DC) && (local.equals("creator") || local.equals("rights")));
    }

    /** Whether it tells no place and is no thumbnail. */
    static boolean isSafe(String namespace, String local) {
        if (local.toLowerCase(Locale.ROOT).startsWith("gps")) {
            // In EXIF's namespace, and in some makers' own.
            return false;
        }
        return switch (namespace) {
            case PHOTOSHOP -> !Set.of("City", "State", "Country").contains(local);
            case IPTC_CORE -> !Set.of("Location", "CountryCode").contains(local);
            case IPTC_EXTENSION -> !local.startsWith("Location");
            case BASIC -> !local.equals("Thumbnails");
            case IMAGE -> false;
            default -> true;
        };
    }

    /** Whether it cannot be true of the output. */
    static boolean isStale(String namespace, String local, MetadataEdit edit) {
        return switch (namespace) {
            case NOTE -> local.equals("HasExtendedXMP");
            case BASIC -> local.equals("Thumbnails") && !edit.looksAlike();
            case PHOTOSHOP -> local.equals("ICCProfile") && edit.converted();
            default -> false;
        };
    }

    /** What a property says of the output, where it says something of the file's pixels. */
    static Optional<String> told(String namespace, String local, MetadataEdit edit) {
        Size size = edit.size();
        return switch (namespace) {
            case TIFF ->
                    switch (local) {
                        case "Orientation" ->
                                Optional.of(Integer.toString(edit.orientation().exif()));
                        case "ImageWidth" -> Optional.of(Integer.toString(size.width()));
                        case "ImageLength" -> Optional.of(Integer.toString(size.height()));
                        default -> Optional.empty();
                    };
            case EXIF ->
                    switch (local) {
                        case "PixelXDimension" -> Optional.of(Integer.toString(size.width()));
                        case "PixelYDimension" -> Optional.of(Integer.toString(size.height()));
                        case "ColorSpace" -> edit.converted() ? Optional.of("1") : Optional.empty();
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }
}
