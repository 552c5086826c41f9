package imgpipe.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of store does that can be read and written. */
public abstract class StoreContract {
    @TempDir private Path local;
    private @Nullable Store opened;

    /** Opens a store whose root is empty. What it needs beyond is ended after the test. */
    protected abstract Store open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4000, 65_536, 3_000_000})
    void fetchesTheBytesThatWerePut(int length) throws Exception {
        byte[] bytes = bytes(length);

        StoredObject object = put("a/picture.jpg", bytes, false);

        assertThat(object.bytes()).isEqualTo(length);
        Collected intake = new Collected();
        assertThat(store().fetch(object.address(), "", intake)).isTrue();
        assertThat(intake.bytes()).isEqualTo(bytes);
        assertThat(intake.announced()).isEqualTo(length);
        assertThat(intake.isWhole()).isTrue();
    }

    @Test
    void putsTheWholeFileOverAnotherOne() throws Exception {
        put("picture.jpg", bytes(50_000), false);
        byte[] shorter = bytes(20_000);

        StoredObject object = put("picture.jpg", shorter, false);

        assertThat(fetched(object)).isEqualTo(shorter);
    }

    @Test
    void leavesAnObjectAloneThatIsThere() throws Exception {
        byte[] first = bytes(1000);
        StoredObject object = put("picture.jpg", first, true);

        StoredObject again = store().put("picture.jpg", file(bytes(2000)), crc(bytes(2000)), true);

        assertThat(again).isNull();
        assertThat(fetched(object)).isEqualTo(first);
    }

    @Test
    void doesNotSendAgainWhatIsUnchanged() throws Exception {
        StoredObject object = put("picture.jpg", bytes(1000), false);
        Collected first = new Collected();
        store().fetch(object.address(), "", first);
        assertThat(first.validator()).isNotEmpty();

        Collected second = new Collected();

        assertThat(store().fetch(object.address(), first.validator(), second)).isFalse();
        assertThat(second.bytes()).isEmpty();
        assertThat(second.isWhole()).isFalse();
    }

    @Test
    void sendsWhatHasChanged() throws Exception {
        StoredObject object = put("picture.jpg", bytes(1000), false);
        Collected first = new Collected();
        store().fetch(object.address(), "", first);
        byte[] other = bytes(1001);
        put("picture.jpg", other, false);

        Collected second = new Collected();

        assertThat(store().fetch(object.address(), first.validator(), second)).isTrue();
        assertThat(second.bytes()).isEqualTo(other);
    }

    @Test
    void saysThatAnObjectIsMissing() throws Exception {
        StoredObject object = put("picture.jpg", bytes(10), false);

        assertThatThrownBy(() -> store().fetch(object.address() + "-not", "", new Collected()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MISSING))
                .hasMessageContaining("picture.jpg-not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.jpg",
                "100%.jpg",
                "what?.jpg",
                "no#1.jpg",
                "größe 写真.jpg",
                "1+1=2&c.jpg",
                "%41.jpg",
                "a;b:c@d,e'f(g)[h]{i}~.jpg",
                "folder with blanks/in/it.jpg"
            })
    void keepsOddLetters(String name) throws Exception {
        byte[] bytes = bytes(100 + name.length());

        StoredObject object = put(encoded(name), bytes, false);

        assertThat(fetched(object)).isEqualTo(bytes);
    }

    @Test
    void keepsNamesApartThatLookAlikeWhenEncoded() throws Exception {
        byte[] plus = bytes(10);
        byte[] blank = bytes(20);
        StoredObject one = put(encoded("a+b.jpg"), plus, false);
        StoredObject other = put(encoded("a b.jpg"), blank, false);

        assertThat(fetched(one)).isEqualTo(plus);
        assertThat(fetched(other)).isEqualTo(blank);
    }

    @Test
    void letsTheIntakeDecline() throws Exception {
        StoredObject object = put("picture.jpg", bytes(200_000), false);

        boolean taken = store().fetch(object.address(), "", new Declining());

        assertThat(taken).isFalse();
        assertThat(fetched(object)).hasSize(200_000);
    }

    @Test
    void passesOnWhatTheIntakeThrows() throws Exception {
        StoredObject object = put("picture.jpg", bytes(200_000), false);

        assertThatThrownBy(() -> store().fetch(object.address(), "", new Refusing()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.fault()).isEqualTo(Fault.NOT_A_PICTURE))
                .hasMessage("no picture");
    }

    @Test
    void listsWhatWasPutIfItListsAtAll() throws Exception {
        put(encoded("a/b c.jpg"), bytes(10), false);
        put("d.jpg", bytes(20), false);
        Map<String, Long> listed = new TreeMap<>();

        try {
            store().list("", object -> listed.put(object.key(), object.bytes()) == null);
        } catch (UnsupportedOperationException e) {
            return;
        }

        assertThat(listed).containsOnly(Map.entry("a/b c.jpg", 10L), Map.entry("d.jpg", 20L));
    }

    /** The store of this test. */
    protected Store store() {
        return Objects.requireNonNull(opened);
    }

    /** Puts bytes, which must be new or may replace others. */
    protected StoredObject put(String name, byte[] bytes, boolean onlyIfNew) throws Exception {
        StoredObject object = store().put(name, file(bytes), crc(bytes), onlyIfNew);
        assertThat(object).isNotNull();
        return Objects.requireNonNull(object);
    }

    private byte[] fetched(StoredObject object) throws Exception {
        Collected intake = new Collected();
        store().fetch(object.address(), "", intake);
        return intake.bytes();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(local, "put", null), bytes);
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    /** The same for the same length. */
    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Percent-encoded, except for slashes. */
    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted(b & 0xff));
        }
        return encoded.toString();
    }

    /** Wants nothing. */
    private static final class Declining implements Intake {
        @Override
        public boolean begin(long bytes, String validator) {
            return false;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            throw new AssertionError("written after it was declined");
        }

        @Override
        public void end() {
            throw new AssertionError("ended after it was declined");
        }
    }

    /** Sees after some bytes that this is no picture. */
    private static final class Refusing implements Intake {
        @Override
        public boolean begin(long bytes, String validator) {
            return true;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws StoreException {
            throw new StoreException(Fault.NOT_A_PICTURE, "no picture", null);
        }

        @Override
        public void end() {
            throw new AssertionError("ended after it was refused");
        }
    }
}
