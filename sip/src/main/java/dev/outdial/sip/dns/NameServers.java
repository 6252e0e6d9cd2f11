package dev.outdial.sip.dns;

import dev.outdial.sip.message.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ResolverConfig;

/** Which name servers to ask: those that were given, or the system's, which are read again now and then. <b>Threading:</b> any thread; reads files. */
final class NameServers {
    private static final int DNS_PORT = 53;
    private static final long REREAD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<InetSocketAddress> given;
    private List<InetSocketAddress> read = List.of();
    private long readAtNanos;

    NameServers(List<InetSocketAddress> given) {
        this.given = List.copyOf(given);
    }

    /** Whether the system's are asked. */
    boolean areTheSystems() {
        return given.isEmpty();
    }

    /** At least one. */
    synchronized List<InetSocketAddress> current(long nowNanos) {
        if (!given.isEmpty()) return given;
        if (read.isEmpty() || nowNanos - readAtNanos > REREAD_NANOS) {
            List<InetSocketAddress> servers = new ResolverConfig()
                    .servers().stream().filter(server -> !server.isUnresolved()).toList();
            read = servers.isEmpty()
                    ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT))
                    : servers;
            readAtNanos = nowNanos;
        }
        return read;
    }

    static String shown(InetSocketAddress server) {
        return HostPort.of(server);
    }
}
