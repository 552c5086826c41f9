package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.MetadataPolicy;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XMP packet (ISO 16684-1, section 7) from its beginning to its end and writes what is
 * kept of it. A property is an element, or an attribute where its value is short.
 */
final class XmpFilter {
    private static final String HEADER =
            "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n";
    private static final String TRAILER = "\n<?xpacket end=\"w\"?>";
    private static final int DEEPEST = 100;

    /** No document type, thus no entities to expand or fetch. */
    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FACTORY.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        // Raw converters write several hundred attributes, and more text than the JDK allows; the
        // packet's size is bounded anyway, and there are no entities that could grow.
        FACTORY.setProperty("jdk.xml.elementAttributeLimit", "10000");
        FACTORY.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        FACTORY.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    }

    private final XMLStreamReader in;
    private final MetadataEdit edit;
    private final XmpText out = new XmpText();

    /** Depth of rdf:RDF from 1, 0 before it. */
    private int rdf;

    private int depth;
    private int properties;

    private XmpFilter(XMLStreamReader in, MetadataEdit edit) {
        this.in = in;
        this.edit = edit;
    }

    /**
     * What is kept of a packet; null if that is no property.
     *
     * @throws PictureException if it is no well-formed XML, has a document type, or is nested more
     *     than 100 deep
     */
    static @Nullable MemorySegment filter(MemorySegment packet, MetadataEdit edit)
            throws PictureException {
        byte[] bytes = packet.toArray(ValueLayout.JAVA_BYTE);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        try {
            XMLStreamReader in =
                    FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes, 0, length));
            XmpFilter filter = new XmpFilter(in, edit);
            filter.run();
            in.close();
            return filter.properties == 0
                    ? null
                    : MemorySegment.ofArray(
                            (HEADER + filter.out + TRAILER).getBytes(StandardCharsets.UTF_8));
        } catch (XMLStreamException | RuntimeException e) {
            // The parser throws both at bytes that are no characters.
            throw new PictureException(Reason.CORRUPT, "it is no well-formed XML", e);
        }
    }

    private void run() throws XMLStreamException, PictureException {
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    out.end();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (depth > 0 && (isInProperty() || in.isWhiteSpace())) {
                        out.text(in.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new PictureException(Reason.CORRUPT, "it has a document type");
                default -> {}
            }
        }
    }

    private void start() throws XMLStreamException, PictureException {
        if (depth == DEEPEST) {
            throw new PictureException(Reason.CORRUPT, "it is nested too deep");
        }
        String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        if (!keepsElement(namespace, in.getLocalName())) {
            skip();
            return;
        }
        depth++;
        if (rdf == 0 && XmpNames.isRdf(namespace, in.getLocalName())) {
            rdf = depth;
        } else if (rdf > 0 && depth > rdf + 1) {
            properties++;
        }
        out.start(name(in.getPrefix(), in.getLocalName()));
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            String prefix = in.getNamespacePrefix(i);
            String uri = in.getNamespaceURI(i);
            out.attribute(prefix == null ? "xmlns" : "xmlns:" + prefix, uri == null ? "" : uri);
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            attribute(i);
        }
        Optional<String> told = XmpNames.told(namespace, in.getLocalName(), edit);
        if (told.isPresent()) {
            out.text(told.get());
            skip();
            depth--;
            out.end();
        }
    }

    private void attribute(int index) {
        String namespace =
                in.getAttributeNamespace(index) == null ? "" : in.getAttributeNamespace(index);
        String local = in.getAttributeLocalName(index);
        boolean property = !namespace.isEmpty() && !XmpNames.ofSyntax(namespace);
        if (property && (rdf == 0 || !keepsProperty(namespace, local, depth == rdf + 1))) {
            return;
        }
        if (!property && edit.policy() == MetadataPolicy.COPYRIGHT && !isInProperty()) {
            // The toolkit, and an identifier of the file.
            if (local.equals("about")) {
                out.attribute(name(in.getAttributePrefix(index), local), "");
            }
            return;
        }
        if (property) {
            properties++;
        }
        out.attribute(
                name(in.getAttributePrefix(index), local),
                XmpNames.told(namespace, local, edit).orElse(in.getAttributeValue(index)));
    }

    private boolean isInProperty() {
        return rdf > 0 && depth > rdf + 1;
    }

    /** The element that would come next in depth. */
    private boolean keepsElement(String namespace, String local) {
        boolean strict = edit.policy() == MetadataPolicy.COPYRIGHT;
        if (rdf == 0 || depth < rdf) {
            // Around the RDF there should be nothing but x:xmpmeta.
            return rdf == 0 && XmpNames.ofSyntax(namespace);
        }
        if (depth == rdf) {
            return !strict || XmpNames.isDescription(namespace, local);
        }
        return XmpNames.ofSyntax(namespace) || keepsProperty(namespace, local, depth == rdf + 1);
    }

    private boolean keepsProperty(String namespace, String local, boolean outermost) {
        if (XmpNames.isStale(namespace, local, edit)) {
            return false;
        }
        return switch (edit.policy()) {
            case NONE -> false;
            case COPYRIGHT -> !outermost || XmpNames.isCopyright(namespace, local);
            case SAFE -> XmpNames.isSafe(namespace, local);
            case ALL -> true;
        };
    }

    /** Goes to the end of the element that has begun. */
    private void skip() throws XMLStreamException {
        for (int open = 1; open > 0; ) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
    }

    private static String name(@Nullable String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }
}
