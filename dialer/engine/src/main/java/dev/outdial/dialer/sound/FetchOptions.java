package dev.outdial.dialer.sound;

import dev.outdial.media.fetch.AddressRule;
import dev.outdial.media.fetch.FetchPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What may be fetched from addresses that callers of the engine give: {@code http} and {@code https}, from public addresses.
 *
 * @param ports which ports may be connected to; empty for any
 * @param privateAddresses whether loopback, private and other special addresses may be connected to
 * @param folder where what was fetched is kept; empty for a temporary one, removed when the dialer is closed
 */
public record FetchOptions(Set<Integer> ports, boolean privateAddresses, Optional<Path> folder) {
    /** Ports 80 and 443 of public addresses. */
    public static final FetchOptions DEFAULT = new FetchOptions(Set.of(80, 443), false, Optional.empty());

    public FetchOptions {
        ports = Set.copyOf(ports);
        for (int port : ports) {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
            }
        }
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * What speaks against asking there, as far as that is known without asking anybody, a name server included: how it is written, its
     * port, and a host that is an address itself. Empty where nothing does.
     */
    public Optional<String> objection(URI address) {
        FetchPolicy policy = FetchPolicy.DEFAULT.withPorts(ports);
        return (privateAddresses ? policy.withAddresses(AddressRule.ANY) : policy).objection(address.toString());
    }

    /** The same for any address and any port: where whoever names addresses may reach all that this machine can. */
    public FetchOptions fromAnywhere() {
        return new FetchOptions(Set.of(), true, folder);
    }

    /** The same, keeping what was fetched in a folder. */
    public FetchOptions keptIn(Path other) {
        return new FetchOptions(ports, privateAddresses, Optional.of(other));
    }
}
