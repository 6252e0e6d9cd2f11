package dev.outdial.media.fetch;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of whom, and how much is taken from them.
 *
 * @param ports the ports that may be connected to; empty for any
 * @param addresses the addresses that may be connected to
 * @param maxBytes the longest body that is taken, in bytes after its content encoding is undone
 * @param maxHeaderBytes the longest head of a response that is taken, 1 to 262,144 bytes
 * @param limit how long a request may take in all, from the name lookup to the last byte, redirects included
 * @param maxRedirects how many redirects are followed, one after the other; 0 for none
 */
public record FetchPolicy(
        Set<Integer> ports,
        AddressRule addresses,
        long maxBytes,
        int maxHeaderBytes,
        Duration limit,
        int maxRedirects) {
    private static final int MOST_HEADER_BYTES = 256 * 1024;

    /** Ports 80 and 443 of public addresses, 50 MB with 32 KB of head in 30 s, and five redirects. */
    public static final FetchPolicy DEFAULT =
            new FetchPolicy(Set.of(80, 443), AddressRule.PUBLIC, 50L << 20, 32 * 1024, Duration.ofSeconds(30), 5);

    public FetchPolicy {
        ports = Set.copyOf(ports);
        for (int port : ports)
            if (port < 1 || port > 65535) throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
        if (maxBytes < 1) throw new IllegalArgumentException("bodies of " + maxBytes + " bytes");
        if (maxHeaderBytes < 1 || maxHeaderBytes > MOST_HEADER_BYTES)
            throw new IllegalArgumentException("heads of " + maxHeaderBytes + " bytes: 1 to 262144 is expected");
        if (!limit.isPositive()) throw new IllegalArgumentException("a limit of " + limit);
        if (maxRedirects < 0) throw new IllegalArgumentException(maxRedirects + " redirects");
    }

    /**
     * What speaks against asking there, as far as that is known without asking anybody: how it is written, its port, and the address
     * that its host is; what a name leads to is judged when it is looked up. Empty where nothing does.
     */
    public Optional<String> objection(String address) {
        try {
            Destination unused = Destination.of(address, this);
            return Optional.empty();
        } catch (FetchException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** The same for these ports; none for any. */
    public FetchPolicy withPorts(Set<Integer> other) {
        return new FetchPolicy(other, addresses, maxBytes, maxHeaderBytes, limit, maxRedirects);
    }

    /** The same for these addresses. */
    public FetchPolicy withAddresses(AddressRule other) {
        return new FetchPolicy(ports, other, maxBytes, maxHeaderBytes, limit, maxRedirects);
    }

    /** The same with bodies of at most so many bytes. */
    public FetchPolicy withMaxBytes(long other) {
        return new FetchPolicy(ports, addresses, other, maxHeaderBytes, limit, maxRedirects);
    }

    /** The same within another time. */
    public FetchPolicy withLimit(Duration other) {
        return new FetchPolicy(ports, addresses, maxBytes, maxHeaderBytes, other, maxRedirects);
    }

    /** The same with so many redirects. */
    public FetchPolicy withMaxRedirects(int other) {
        return new FetchPolicy(ports, addresses, maxBytes, maxHeaderBytes, limit, other);
    }
}
