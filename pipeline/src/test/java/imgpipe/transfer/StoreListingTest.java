package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listing of many pages, some of which have to be asked for again. */
@Timeout(60)
class StoreListingTest {
    private static final int PAGE = 5;
    private static final String HOST = "http://host";

    private final SetTime time = new SetTime();
    private final List<String> news = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Retries retries =
            new Retries(
                    new TransferSettings(
                            64, 4, 3, Duration.ofSeconds(20), true, Set.of(), null, false),
                    time,
                    new Random(5),
                    new Outages("from", news::add));

    /** Tells a page for each request, unless that is one that fails. */
    private static final class Paged implements Store {
        private final List<String> keys;
        private final IntPredicate failing;
        private int requests;

        /** Requests are counted from 1. */
        Paged(int pages, IntPredicate failing) {
            keys = IntStream.range(0, pages * PAGE).mapToObj("%05d"::formatted).toList();
            this.failing = failing;
        }

        @Override
        public void list(String after, Listing listing) throws StoreException {
            int next = after.isEmpty() ? 0 : keys.indexOf(after) + 1;
            while (next < keys.size()) {
                if (failing.test(++requests)) {
                    throw new StoreException(Fault.BUSY, "busy", null);
                }
                for (String key : keys.subList(next, next + PAGE)) {
                    if (!listing.accept(new StoredObject(key, HOST + "/" + key, 1, ""))) {
                        return;
                    }
                }
                next += PAGE;
            }
        }

        @Override
        public boolean fetch(String address, String validator, Intake intake) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private void read(Store store) throws StoreException, InterruptedException {
        StoreListing.read(store, HOST, retries, object -> heard.add(object.key()));
    }

    @Test
    void tellsAllOnceAndInOrderWhenEveryThirdRequestFails() throws Exception {
        Paged store = new Paged(20, request -> request % 3 == 0);

        read(store);

        assertThat(heard).isEqualTo(store.keys);
        // 20 that succeed, two after each that fails.
        assertThat(store.requests).isEqualTo(29);
        assertThat(retries.retried()).isEqualTo(9);
        assertThat(news).isEmpty();
    }

    /** A tenth of the requests fails, and a hundredth again: more than any budget has. */
    @Test
    void hasNoEndOfPatienceAsLongAsItComesFurther() throws Exception {
        Paged store = new Paged(5000, request -> request % 10 == 0 || request % 100 == 1);

        read(store);

        assertThat(heard).isEqualTo(store.keys);
        assertThat(time.sleeps())
                .allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(1)));
        assertThat(news).isEmpty();
    }

    @Test
    void endsWhereItComesNoFurther() {
        Paged store = new Paged(20, request -> request % 3 == 0 || request > 7);

        assertThatThrownBy(() -> read(store)).hasMessage("busy; tried 4 times");

        assertThat(heard).isEqualTo(store.keys.subList(0, 5 * PAGE));
        // The eighth goes on behind the seventh's page in the same attempt.
        assertThat(store.requests).isEqualTo(11);
    }

    @Test
    void endsWhenNoMoreAreWanted() throws Exception {
        Paged store = new Paged(20, request -> request % 3 == 0);

        StoreListing.read(
                store, HOST, retries, object -> heard.add(object.key()) && heard.size() < 12);

        assertThat(heard).isEqualTo(store.keys.subList(0, 12));
    }
}
