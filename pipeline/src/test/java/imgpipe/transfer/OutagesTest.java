package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of hosts that are left alone, and how often. */
class OutagesTest {
    private final List<String> news = new ArrayList<>();
    private final Outages outages = new Outages("to", news::add);
    private final StoreException refused =
            new StoreException(
                    Fault.CONNECT, "http://host:81/a.jpg: no connection: Connection refused", null);

    private void away(String host, int probes, long second) {
        outages.away(host, probes, Duration.ofSeconds(1L << probes), refused, nanos(second));
    }

    private void back(String host, long second) {
        outages.back(host, Duration.ofSeconds(12), nanos(second));
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void saysWhichHostWhatItAnswersAndWhenItIsTriedAgain() {
        away("host:81", 0, 0);
        back("host:81", 12);

        assertThat(news)
                .containsExactly(
                        "transfers to host:81 wait: no connection: Connection refused, 10 times in"
                            + " a row; one of them tries again in 1 s, then less and less often for"
                            + " about a minute",
                        "transfers to host:81 go on after 12 s: it answers again");
    }

    @Test
    void callsABucketABucket() {
        StoreException gone =
                new StoreException(Fault.CONNECT, "s3://photos/a.jpg: no connection", null);
        outages.away("photos", 0, Duration.ofSeconds(1), gone, 0);
        back("photos", 12);

        assertThat(news.getFirst()).startsWith("transfers to s3://photos wait: no connection, 10");
        assertThat(news.getLast()).startsWith("transfers to s3://photos go on");
    }

    @Test
    void saysItOnceHoweverOftenItIsProbed() {
        for (int probe = 0; probe < 6; probe++) {
            away("host", probe, 20L * probe);
        }

        assertThat(news).hasSize(1);
    }

    @Test
    void doesNotSayOfAHostThatComesAndGoesThatItDoes() {
        for (int second = 0; second < 60; second += 2) {
            away("host", 0, second);
            back("host", second + 1);
        }
        assertThat(news).hasSize(2);

        away("host", 0, 61);
        assertThat(news).hasSize(3);
    }

    @Test
    void saysOfAHostThatComesAndGoesWhenItStaysAway() {
        away("host", 0, 0);
        back("host", 1);
        for (int probe = 0; probe < Outages.PROBES; probe++) {
            away("host", probe, 2 + probe);
        }
        assertThat(news).hasSize(2);

        away("host", Outages.PROBES, 9);
        assertThat(news).hasSize(3);
    }

    @Test
    void namesFewOfTheHostsWhenAWholeNetworkIsAway() {
        for (int i = 0; i < 5000; i++) {
            away("host" + i, 0, 0);
        }
        for (int i = 0; i < 5000; i++) {
            back("host" + i, 1);
        }

        assertThat(news).hasSize(2 * Outages.MOST);
        assertThat(news.get(Outages.MOST - 1))
                .endsWith("of further hosts nothing is said for a minute");
    }
}
