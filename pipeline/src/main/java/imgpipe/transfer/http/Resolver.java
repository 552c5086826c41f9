package imgpipe.transfer.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface Resolver {
    /**
     * All addresses of a host, in the order in which they are to be dialled; at least one.
     *
     * @param host name, or an address as text without brackets
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
