package imgpipe.shard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be used, in words: some exceptions of the JDK have a name alone to say it. */
public final class FileFault {
    private FileFault() {}

    /** Whether there is no room; Java tells only by the system's own words (ENOSPC, EDQUOT). */
    public static boolean isDiskFull(IOException fault) {
        String message = String.valueOf(fault.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded");
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
