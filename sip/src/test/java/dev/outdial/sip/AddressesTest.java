package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final Hop TRUNK = hop("203.0.113.1", 5060, TransportProtocol.UDP);

    private final FakeTransport transport = new FakeTransport();
    private final Addresses addresses = new Addresses(new AddressPolicy.Learn(), transport);

    private static Hop hop(String host, int port, TransportProtocol protocol) {
        return new Hop(new InetSocketAddress(host, port), protocol);
    }

    @Test
    void whatATrunkHasSaidHoldsForCallsFromItsOtherPorts() throws IOException {
        heard();
        var seen = new InetSocketAddress("198.51.100.9", 61_000);
        Hop otherPort = hop("203.0.113.1", 5080, TransportProtocol.UDP);
        assertThat(addresses.contact(TRUNK)).isEqualTo(seen);
        assertThat(addresses.contact(otherPort)).isEqualTo(seen);
        assertThat(addresses.publicAddress(otherPort, transport.local.getAddress()))
                .contains(seen.getAddress());
    }

    @Test
    void andNotForAnybodyElse() throws IOException {
        heard();
        assertThat(addresses.contact(hop("203.0.113.2", 5060, TransportProtocol.UDP)))
                .isEqualTo(transport.local);
        assertThat(addresses.contact(hop("203.0.113.1", 5080, TransportProtocol.TCP)))
                .isEqualTo(transport.local);
        transport.local = new InetSocketAddress("10.0.0.10", 40_000);
        Hop otherPort = hop("203.0.113.1", 5080, TransportProtocol.UDP);
        assertThat(addresses.contact(otherPort)).isEqualTo(transport.local);
        assertThat(addresses.publicAddress(otherPort, transport.local.getAddress()))
                .isEmpty();
    }

    private void heard() {
        var seen = Optional.of(new InetSocketAddress("198.51.100.9", 61_000));
        var response = new SipResponse(200, "OK", "z9hG4bKb", Headers.NONE, Optional.empty(), seen);
        addresses.heard(TRUNK, List.of(TRUNK), response, 0);
    }
}
