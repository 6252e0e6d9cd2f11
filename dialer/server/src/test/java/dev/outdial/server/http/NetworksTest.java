package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, [2001:db8:1::1], true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "192.0.2.0/24, example.com, false"
    })
    void anAddressIsInANetworkOrNot(String network, String address, boolean in) {
        assertThat(Networks.contain(List.of(network), address)).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "192.0.2.0/33",
                "192.0.2/24",
                "192.0.2.0/-1",
                "192.0.2.0/24/1",
                "localhost/8",
                "::/129",
                "300.0.0.1"
            })
    void whatIsNoNetworkIsNone(String text) {
        assertThat(Networks.isOne(text)).isFalse();
    }

    @Test
    void noneNamedIsAnywhere() {
        assertThat(Networks.contain(List.of(), "203.0.113.9")).isTrue();
    }
}
