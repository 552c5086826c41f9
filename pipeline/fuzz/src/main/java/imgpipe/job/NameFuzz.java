package imgpipe.job;

import imgpipe.image.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names: templates, lists and how people read them. A listed name is a path or refused; a template
 * is refused or makes names that stay inside the output; a name is shown on one line.
 */
public final class NameFuzz {
    private static final Path FOLDER = Path.of("/pictures");

    private NameFuzz() {}

    /** An even first byte begins a listed name, an odd one a template. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 2) {
            return;
        }
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        String text = new String(content, StandardCharsets.UTF_8);
        String shown = ReadableName.oneLine(ReadableName.decode(text));
        if (shown.lines().count() > 1) {
            throw new IllegalStateException("not one line: " + shown);
        }
        if ((data[0] & 1) == 0) {
            name(content);
        } else {
            template(text);
        }
    }

    private static void name(byte[] name) {
        Path path;
        try {
            path = NameList.path(FOLDER, name);
        } catch (InvalidPathException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            for (byte letter : name) {
                if (letter == 0) {
                    return;
                }
            }
            throw e;
        }
        if (!path.isAbsolute()) {
            throw new IllegalStateException("not absolute: " + path);
        }
    }

    private static void template(String text) {
        NameTemplate template;
        try {
            template = new NameTemplate(text).encoded();
        } catch (IllegalArgumentException e) {
            return;
        }
        String name = template.expand("a/b.c.jpeg", ImageFormat.PNG, "80x", "80", "");
        if (name.startsWith("/") || ("/" + name + "/").contains("/../")) {
            throw new IllegalStateException(text + " leaves the output: " + name);
        }
    }
}
