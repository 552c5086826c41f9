package imgpipe.dispatch.process;

import java.nio.file.Path;
import java.util.List;

/**
 * What of the user's files confined workers can reach, beside what they are made of.
 *
 * @param readable files and folders, with all that is in and below these
 * @param temporary folder that they write to, existing; nobody may rely on what lies there
 */
public record Reach(List<Path> readable, Path temporary) {
    public Reach {
        readable = List.copyOf(readable);
    }
}
