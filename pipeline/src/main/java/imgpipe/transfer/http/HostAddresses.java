package imgpipe.transfer.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * A resolver as the HTTP client wants it. What it answers bears the host's name as it was asked
 * for, by which the guard knows a host that the user excepted.
 */
record HostAddresses(Resolver resolver) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = resolver.resolve(host).clone();
        for (int i = 0; i < found.length; i++) {
            byte[] bytes = found[i].getAddress();
            found[i] =
                    found[i] instanceof Inet6Address address && address.getScopeId() != 0
                            ? Inet6Address.getByAddress(host, bytes, address.getScopeId())
                            : InetAddress.getByAddress(host, bytes);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
