package imgpipe.transfer.s3;

import imgpipe.net.S3Server;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

/** A bucket does what every store does. */
@Timeout(60)
class S3StoreContractTest extends StoreContract {
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    @Override
    protected Store open() {
        return Stores.of(
                "s3://" + S3Server.BUCKET + "/contract-" + FOLDERS.incrementAndGet() + "/");
    }
}
