package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which ways are kept open, and for how long. */
class KeepAlivesTest {
    private static final Hop OUTSIDE = hop("192.0.2.1", TransportProtocol.UDP);
    private static final Hop OTHER = hop("192.0.2.2", TransportProtocol.UDP);

    private final FakeTransport transport = new FakeTransport();
    private final KeepAlives keepAlives =
            new KeepAlives(transport, new Addresses(new AddressPolicy.Learn(), transport));

    private static Hop hop(String address, TransportProtocol protocol) {
        return new Hop(new InetSocketAddress(address, 5060), protocol);
    }

    @Test
    void ofWaysWithoutARegistrationThoseOverUdpThroughANatAreKeptOpen() {
        assertThat(keepAlives.needed(List.of(
                        OUTSIDE, hop("10.0.0.1", TransportProtocol.UDP), hop("192.0.2.1", TransportProtocol.TCP))))
                .containsExactly(OUTSIDE);
        transport.local = new InetSocketAddress("198.51.100.1", 5060);
        assertThat(keepAlives.needed(List.of(OUTSIDE))).isEmpty();
    }

    @Test
    void aWayIsLetGoOfWhenNobodyWantsItAnyMore() {
        keepAlives.change(Set.of(), Set.of(OUTSIDE, OTHER));
        keepAlives.change(Optional.empty(), Optional.of(OUTSIDE));
        assertThat(transport.keptAlive).containsExactlyInAnyOrder(OUTSIDE, OTHER);

        keepAlives.change(Set.of(OUTSIDE, OTHER), Set.of(OTHER));
        assertThat(transport.keptAlive).as("a registration goes this way").containsExactlyInAnyOrder(OUTSIDE, OTHER);
        keepAlives.change(Optional.of(OUTSIDE), Optional.empty());
        assertThat(transport.keptAlive).containsExactly(OTHER);
        keepAlives.change(Set.of(OTHER), Set.of());
        assertThat(transport.keptAlive).isEmpty();
    }

    @Test
    void aNatIsWhereAPrivateAddressReachesOneOfTheInternet() throws Exception {
        assertThat(leaves("192.168.1.2", "192.0.2.1")).isTrue();
        assertThat(leaves("192.168.1.2", "10.1.1.1")).isFalse();
        assertThat(leaves("198.51.100.1", "192.0.2.1")).isFalse();
        assertThat(leaves("127.0.0.1", "127.0.0.1")).isFalse();
        assertThat(leaves("::1", "2001:db8::1")).isFalse();
    }

    private static boolean leaves(String local, String remote) throws Exception {
        return Addresses.leavesThePrivateNetwork(InetAddress.getByName(local), InetAddress.getByName(remote));
    }
}
