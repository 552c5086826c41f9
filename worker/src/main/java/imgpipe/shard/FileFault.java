package imgpipe.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Why a file cannot be used, in words: some exceptions of the JDK have a name alone to say it. */
public final class FileFault {
    private FileFault() {}

    /**
     * Whether there is no room, or was none where that is the cause; Java tells only by the
     * system's own words (ENOSPC, EDQUOT). A file's name is none of them.
     */
    public static boolean isDiskFull(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            String words =
                    switch (cause) {
                        case FileSystemException e -> e.getReason();
                        case FileNotFoundException e -> parenthesis(e.getMessage());
                        default -> cause.getMessage();
                    };
            if ("No space left on device".equals(words) || "Disk quota exceeded".equals(words)) {
                return true;
            }
        }
        return false;
    }

    /** The reason in {@code name (reason)}. */
    private static @Nullable String parenthesis(@Nullable String message) {
        if (message == null || !message.endsWith(")")) {
            return message;
        }
        return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
    }

    /** The reason without the file's name, such as {@code permission denied}. */
    public static String reason(IOException fault) {
        return switch (fault) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it is not there";
            case NotDirectoryException _ -> "it is no folder";
            case FileAlreadyExistsException e -> e.getFile() + " is there and is no folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> {
                String message = fault.getMessage();
                yield message == null ? fault.getClass().getSimpleName() : message;
            }
        };
    }
}
