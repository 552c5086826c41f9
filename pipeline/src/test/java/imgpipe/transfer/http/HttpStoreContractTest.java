package imgpipe.transfer.http;

import imgpipe.net.PictureServer;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A web server does what every store does. */
class HttpStoreContractTest extends StoreContract {
    @TempDir private Path folder;
    private @Nullable PictureServer server;

    @Override
    protected Store open() throws Exception {
        PictureServer started = new PictureServer(folder);
        server = started;
        return new HttpStore(started.address() + "root", Settings.local());
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }
}
