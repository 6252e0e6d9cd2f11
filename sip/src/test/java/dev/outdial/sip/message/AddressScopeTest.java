package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressScopeTest {
    private static final Hop PUBLIC = new Hop(new InetSocketAddress("203.0.113.1", 5060), TransportProtocol.UDP);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.0.1",
                "169.254.3.4",
                "100.64.0.1",
                "100.127.255.254",
                "0.0.0.0",
                "224.0.0.1",
                "[::1]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd12::1]"
            })
    void theseLeadNowhereFromOutside(String host) {
        assertThat(AddressScope.isInner(NextHop.literal(host).orElseThrow())).isTrue();
        assertThat(NextHop.of("sip:x@" + host, PUBLIC)).isEqualTo(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"198.51.100.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "[2001:db8::1]", "[fe00::1]"})
    void theseArePublic(String host) {
        assertThat(AddressScope.isInner(NextHop.literal(host).orElseThrow())).isFalse();
        assertThat(NextHop.of("sip:x@" + host, PUBLIC)).isNotEqualTo(PUBLIC);
    }
}
