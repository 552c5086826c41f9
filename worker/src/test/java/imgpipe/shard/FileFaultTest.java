package imgpipe.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {
    @Test
    void saysInWordsWhatTheJdkSaysByTheKindOfException() {
        assertThat(FileFault.reason(new AccessDeniedException("/a/b")))
                .isEqualTo("permission denied");
        assertThat(FileFault.reason(new NoSuchFileException("/a/b"))).isEqualTo("it is not there");
    }

    @Test
    void leavesOutTheNamesOfFiles() {
        assertThat(FileFault.reason(new FileSystemException("/a", "/b", "File name too long")))
                .isEqualTo("File name too long");
    }

    @Test
    void keepsTheMessageOfOtherExceptions() {
        assertThat(FileFault.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileFault.reason(new IOException())).isEqualTo("IOException");
    }

    @Test
    void tellsThatThereIsNoRoom() {
        assertThat(
                        FileFault.isDiskFull(
                                new FileSystemException("/a", null, "No space left on device")))
                .isTrue();
        assertThat(FileFault.isDiskFull(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(FileFault.isDiskFull(new IOException())).isFalse();
    }

    @Test
    void seesThatThereIsNoRoomBehindAnotherException() {
        IOException full = new IOException("No space left on device");
        assertThat(FileFault.isDiskFull(new IOException("it cannot be written", full))).isTrue();
        assertThat(
                        FileFault.isDiskFull(
                                new FileNotFoundException("/a (b) (No space left on device)")))
                .isTrue();
    }

    @Test
    void takesNoNameOfAFileForTheReason() {
        String name = "/a/No space left on device.jpg";
        assertThat(FileFault.isDiskFull(new NoSuchFileException(name))).isFalse();
        assertThat(FileFault.isDiskFull(new NoSuchFileException("No space left on device")))
                .isFalse();
        assertThat(FileFault.isDiskFull(new FileSystemException(name, null, "Input/output error")))
                .isFalse();
        assertThat(
                        FileFault.isDiskFull(
                                new FileNotFoundException(
                                        "/Disk quota exceeded (Permission denied)")))
                .isFalse();
        assertThat(FileFault.isDiskFull(new IOException(name + " changed"))).isFalse();
    }

    @Test
    void namesTheFileThatIsWhereAFolderMustBe(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("f"));
        try {
            Files.createDirectories(file);
        } catch (IOException e) {
            assertThat(FileFault.reason(e)).isEqualTo(file + " is there and is no folder");
        }
    }
}
