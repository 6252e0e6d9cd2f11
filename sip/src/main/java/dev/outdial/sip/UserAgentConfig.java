package dev.outdial.sip;

import dev.outdial.sip.message.Text;
import dev.outdial.sip.nat.AddressPolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a {@link UserAgent} shows itself.
 *
 * @param bindHost the local address to use, a name or an IP literal, not a wildcard such as {@code 0.0.0.0}; where empty, the one that the route to each hop uses
 * @param bindPort the local port, or 0 for any free one; TLS, which takes no connections, uses any
 * @param product the User-Agent header, such as {@code Outdial/0.1}
 * @param tlsTrust a file of the certificates that are trusted for TLS, PEM or PKCS12 (without a password, or with {@code changeit}); where
 *     empty, those that the JVM trusts
 * @param publicAddress what Contact and session descriptions name as our address: what the far end sees of us unless said otherwise
 */
public record UserAgentConfig(
        Optional<String> bindHost, int bindPort, String product, Optional<Path> tlsTrust, AddressPolicy publicAddress) {
    /** Checks the port and refuses control characters. */
    public UserAgentConfig {
        bindHost.ifPresent(host -> Text.withoutControls("the host to bind", host));
        if (bindPort < 0 || bindPort > 65535)
            throw new IllegalArgumentException("port " + bindPort + " is not within 0-65535");
        if (Text.withoutControls("the product", product).isBlank())
            throw new IllegalArgumentException("the product is blank");
    }

    /** With the certificates that the JVM trusts. */
    public UserAgentConfig(Optional<String> bindHost, int bindPort, String product) {
        this(bindHost, bindPort, product, Optional.empty(), new AddressPolicy.Learn());
    }

    /** With the certificates of that file, or those that the JVM trusts. */
    public UserAgentConfig(Optional<String> bindHost, int bindPort, String product, Optional<Path> tlsTrust) {
        this(bindHost, bindPort, product, tlsTrust, new AddressPolicy.Learn());
    }

    /** The same, trusting the certificates of that file and no others. */
    public UserAgentConfig trusting(Path file) {
        return new UserAgentConfig(bindHost, bindPort, product, Optional.of(file), publicAddress);
    }

    /** The same, reached at another address. */
    public UserAgentConfig withPublicAddress(AddressPolicy policy) {
        return new UserAgentConfig(bindHost, bindPort, product, tlsTrust, policy);
    }

    /** Any address, any port. */
    public static UserAgentConfig of(String product) {
        return new UserAgentConfig(Optional.empty(), 0, product);
    }
}
