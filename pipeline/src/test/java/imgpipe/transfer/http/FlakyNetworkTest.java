package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.Disturbance;
import imgpipe.net.Disturbance.Kind;
import imgpipe.net.FaultyProxy;
import imgpipe.net.PictureServer;
import imgpipe.transfer.Outages;
import imgpipe.transfer.Retries;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that disturbs a tenth of all requests costs a tenth more requests, and no picture. */
@Timeout(60)
class FlakyNetworkTest {
    private static final int PICTURES = 500;
    private static final int BYTES = 5000;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bringsTheSameBytesOrFailsHonestly(long seed) throws Exception {
        byte[][] pictures = new byte[PICTURES][BYTES];
        for (int i = 0; i < PICTURES; i++) {
            new Random(i).nextBytes(pictures[i]);
            Files.write(folder.resolve(i + ".jpg"), pictures[i]);
        }
        Disturbance tenth =
                Disturbance.none()
                        .faults(0.1, seed, Kind.CLOSE, Kind.RESET, Kind.LIMIT, Kind.STALL)
                        .within(BYTES);
        TransferSettings settings = Settings.within(Duration.ofSeconds(2), true);
        Retries retries = new Retries(settings, new Outages("from", _ -> {}));
        int failed = 0;
        try (PictureServer server = new PictureServer(folder);
                FaultyProxy proxy = new FaultyProxy(server.port(), tenth);
                HttpStore store = new HttpStore("", settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore transfers = new Semaphore(settings.transfers());
            List<Future<byte[]>> calls = new ArrayList<>();
            for (int i = 0; i < PICTURES; i++) {
                String address = proxy.address() + i + ".jpg";
                calls.add(
                        threads.submit(
                                () -> {
                                    transfers.acquire();
                                    try {
                                        return fetched(retries, store, address);
                                    } finally {
                                        transfers.release();
                                    }
                                }));
            }
            for (int i = 0; i < PICTURES; i++) {
                byte[] bytes = calls.get(i).get();
                if (bytes.length == 0) {
                    failed++;
                } else {
                    assertThat(bytes).isEqualTo(pictures[i]);
                }
            }

            System.out.printf(
                    "seed %d: %d requests, %d disturbed, %d tried again, %d failed%n",
                    seed, proxy.requests(), proxy.faults(), retries.retried(), failed);
            // At a tenth, four faults in a row befall one picture in 10,000.
            assertThat(failed).isLessThan(4);
            assertThat(proxy.faults()).isGreaterThan(PICTURES / 20);
            assertThat(proxy.requests()).isLessThanOrEqualTo(PICTURES * 8 / 5);
            assertThat(proxy.connections()).isLessThan(PICTURES / 2);
        }
    }

    /** The bytes, or none if it failed as the network may fail. */
    private static byte[] fetched(Retries retries, HttpStore store, String address)
            throws InterruptedException {
        Collected intake = new Collected();
        try {
            retries.call("proxy", () -> store.fetch(address, "", intake));
            assertThat(intake.isWhole()).isTrue();
            assertThat(intake.bytes()).hasSize(BYTES);
            return intake.bytes();
        } catch (StoreException e) {
            assertThat(e.fault().isPassing()).as(e.sentence()).isTrue();
            return new byte[0];
        }
    }
}
