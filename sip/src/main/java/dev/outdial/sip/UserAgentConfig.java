package dev.outdial.sip;

import dev.outdial.sip.message.Text;
import dev.outdial.sip.nat.AddressPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link UserAgent} shows itself.
 *
 * @param bindHost the local address to use, a name or an IP literal, not a wildcard such as {@code 0.0.0.0}; where empty, the one that the route to each hop uses
 * @param bindPort the local port, or 0 for any free one; TLS, which takes no connections, uses any
 * @param product the User-Agent header, such as {@code Outdial/0.1}
 * @param tlsTrust a file of the certificates that are trusted for TLS, PEM or PKCS12 (without a password, or with {@code changeit}); where
 *     empty, those that the JVM trusts
 * @param dnsServers the name servers to ask, by address, and no others; where empty, those that the system is configured with
 * @param publicAddress what Contact and session descriptions name as our address: what the far end sees of us unless said otherwise
 */
public record UserAgentConfig(
        Optional<String> bindHost,
        int bindPort,
        String product,
        Optional<Path> tlsTrust,
        List<InetSocketAddress> dnsServers,
        AddressPolicy publicAddress) {
    /** Checks the port and the name servers, and refuses control characters. */
    public UserAgentConfig {
        bindHost.ifPresent(host -> Text.withoutControls("the host to bind", host));
        if (bindPort < 0 || bindPort > 65535)
            throw new IllegalArgumentException("port " + bindPort + " is not within 0-65535");
        if (Text.withoutControls("the product", product).isBlank())
            throw new IllegalArgumentException("the product is blank");
        dnsServers = List.copyOf(dnsServers);
        for (InetSocketAddress server : dnsServers) {
            if (server.isUnresolved())
                throw new IllegalArgumentException(
                        "name server " + server.getHostString() + " is not given by its address");
        }
    }

    /** With the certificates that the JVM trusts. */
    public UserAgentConfig(Optional<String> bindHost, int bindPort, String product) {
        this(bindHost, bindPort, product, Optional.empty());
    }

    /** With the certificates of that file, or those that the JVM trusts; with the system's name servers, and the address that far ends see. */
    public UserAgentConfig(Optional<String> bindHost, int bindPort, String product, Optional<Path> tlsTrust) {
        this(bindHost, bindPort, product, tlsTrust, List.of(), new AddressPolicy.Learn());
    }

    /** The same, trusting the certificates of that file and no others. */
    public UserAgentConfig trusting(Path file) {
        return new UserAgentConfig(bindHost, bindPort, product, Optional.of(file), dnsServers, publicAddress);
    }

    /** The same, asking those name servers and no others. */
    public UserAgentConfig withDns(List<InetSocketAddress> servers) {
        return new UserAgentConfig(bindHost, bindPort, product, tlsTrust, servers, publicAddress);
    }

    /** The same, reached at another address. */
    public UserAgentConfig withPublicAddress(AddressPolicy policy) {
        return new UserAgentConfig(bindHost, bindPort, product, tlsTrust, dnsServers, policy);
    }

    /** Any address, any port. */
    public static UserAgentConfig of(String product) {
        return new UserAgentConfig(Optional.empty(), 0, product);
    }
}
