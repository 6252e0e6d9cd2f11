package dev.outdial.media.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Knows the addresses of hosts. Its answers are not trusted: each address is judged before it is used, and when it is. */
@FunctionalInterface
public interface HostNames {
    /** As any other program on this machine would. */
    HostNames SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * All addresses of a host, best first. May wait; called on a thread of its own.
     *
     * @throws UnknownHostException if it has none
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
