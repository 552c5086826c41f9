package imgpipe.transfer.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that asks the guard about the very address it is told to dial, and then dials that. No
 * other place would do: a check of the text misses how else an address can be written, and a check
 * of what a name resolves to misses that the next look-up may answer differently.
 *
 * <p>It never goes through a proxy, also not one that system properties name: a proxy would resolve
 * and dial where nothing is checked.
 */
final class GuardedSocket extends Socket {
    private final AddressGuard guard;

    GuardedSocket(AddressGuard guard) {
        super(Proxy.NO_PROXY);
        this.guard = guard;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeoutMillis) throws IOException {
        if (!(address instanceof InetSocketAddress dialled)) {
            throw new IllegalArgumentException(String.valueOf(address));
        }
        guard.check(dialled);
        super.connect(dialled, timeoutMillis);
    }
}
