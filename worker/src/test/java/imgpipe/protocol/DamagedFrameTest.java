package imgpipe.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.Limits;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DamagedFrameTest {
    @Test
    void everyCutIsNamed() throws IOException {
        for (byte[] frame : frames()) {
            assertThat(read(new byte[0])).isNull();
            for (int length = 1; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                assertThat(complaint(cut).kind()).isEqualTo(Kind.CUT);
            }
        }
    }

    @Test
    void everyFlippedBitIsNamed() throws IOException {
        Set<Kind> seen = EnumSet.noneOf(Kind.class);
        for (byte[] frame : frames()) {
            for (int bit = 0; bit < 8 * frame.length; bit++) {
                byte[] flipped = frame.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                seen.add(complaint(flipped).kind());
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Kind.MAGIC, Kind.VERSION, Kind.LENGTH, Kind.CHECKSUM, Kind.CUT);
    }

    @Test
    void quotesTheBytesInHex() {
        assertThat(
                        complaint(
                                "# A fatal error has been detected"
                                        .getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("MAGIC")
                .hasMessageContaining("23 20 41 20 66");
    }

    @Test
    void refusesACommandAmongEvents() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Commands.write(out, new Command.Shutdown());
        ProtocolException complaint =
                catchThrowableOfType(
                        ProtocolException.class,
                        () -> Events.read(new ByteArrayInputStream(out.toByteArray())));
        assertThat(complaint.kind()).isEqualTo(Kind.TYPE);
    }

    @Test
    void refusesWhatIsNoOutcome() throws IOException {
        for (byte[] payload :
                List.of(
                        new byte[] {},
                        new byte[] {4},
                        new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, (byte) 0xff},
                        new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 'X', 0, 0, 0, 0},
                        new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 7, 0x7f, -1, -1, -1})) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Frame(20, 1, ByteBuffer.wrap(payload)).writeTo(out);
            ProtocolException complaint =
                    catchThrowableOfType(
                            ProtocolException.class,
                            () -> Events.read(new ByteArrayInputStream(out.toByteArray())));
            assertThat(complaint.kind()).isEqualTo(Kind.PAYLOAD);
        }
    }

    @Test
    void refusesBytesBehindAMessage() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Frame(22, 0, ByteBuffer.allocate(1)).writeTo(out);
        assertThat(complaint(out.toByteArray()).kind()).isEqualTo(Kind.PAYLOAD);
    }

    @Test
    void saysWhenAShardIsTooLarge() {
        List<Task> tasks =
                Collections.nCopies(
                        30_000,
                        new Task(0, "n", "/s", 1, 1, List.of(new Rendition("/target", "jpeg"))));
        Shard shard = new Shard(5, "/t/", Limits.DEFAULT, tasks);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> Commands.write(out, new Command.RunShard(1, shard)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shard 5 with 30000 tasks")
                .hasMessageContaining("1048554");
        assertThat(out.size()).isZero();
    }

    @Test
    void carriesTextsOverSixtyKilobytesButNotOverTheirLimit() throws IOException {
        String recipe = "é".repeat(32_768);
        Task task = new Task(0, "n", "/s", 1, 1, List.of(new Rendition("/t", recipe)));
        Command command =
                new Command.RunShard(1, new Shard(5, "/t/", Limits.DEFAULT, List.of(task)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Commands.write(out, command);
        assertThat(Commands.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(command);

        Task longer = new Task(0, "n", "/s", 1, 1, List.of(new Rendition("/t", recipe + "x")));
        Command tooLong =
                new Command.RunShard(1, new Shard(5, "/t/", Limits.DEFAULT, List.of(longer)));
        assertThatThrownBy(() -> Commands.write(out, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537 bytes");
    }

    private static List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (Event event : Samples.EVENTS) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Events.write(out, event);
            frames.add(out.toByteArray());
        }
        return frames;
    }

    private static @Nullable Event read(byte[] bytes) throws IOException {
        return Events.read(new ByteArrayInputStream(bytes));
    }

    private static ProtocolException complaint(byte[] bytes) {
        return catchThrowableOfType(ProtocolException.class, () -> read(bytes));
    }
}
