package dev.outdial.sip.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.168.1.9", 5060);
    private static final InetSocketAddress SEEN = new InetSocketAddress("203.0.113.5", 61_000);

    private static PublicAddress udp(PublicAddress known, InetSocketAddress seen, long seconds) {
        return known.seen(LOCAL, TransportProtocol.UDP, seen, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void whatTheFarEndSeesIsTakenAndLeftAgain() {
        PublicAddress learnt = udp(PublicAddress.UNKNOWN, SEEN, 0);
        assertThat(learnt.of(LOCAL)).isEqualTo(SEEN);
        assertThat(learnt.isTranslated(LOCAL)).isTrue();
        assertThat(udp(learnt, SEEN, 5)).isEqualTo(learnt);
        assertThat(udp(learnt, LOCAL, 60).of(LOCAL)).isEqualTo(LOCAL);
        assertThat(udp(PublicAddress.UNKNOWN, LOCAL, 0)).isEqualTo(PublicAddress.UNKNOWN);
    }

    @Test
    void itHoldsForTheLocalAddressThatItWasLearntFrom() {
        PublicAddress learnt = udp(PublicAddress.UNKNOWN, SEEN, 0);
        var other = new InetSocketAddress("192.168.7.7", 5060);
        assertThat(learnt.of(other)).isEqualTo(other);
    }

    @Test
    void aConnectionComesFromAnotherPortThanWeListenOn() {
        var sameHost = new InetSocketAddress("192.168.1.9", 43_210);
        assertThat(PublicAddress.UNKNOWN.seen(LOCAL, TransportProtocol.TCP, sameHost, 0))
                .isEqualTo(PublicAddress.UNKNOWN);
        assertThat(PublicAddress.UNKNOWN
                        .seen(LOCAL, TransportProtocol.TCP, SEEN, 0)
                        .of(LOCAL))
                .isEqualTo(SEEN);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.9, 0.0.0.0", "192.168.1.9, 127.0.0.1", "192.168.1.9, 224.0.0.1", "192.168.1.9, 169.254.3.4",
        "192.168.1.9, 2001:db8::1", "198.51.100.7, 10.0.0.1", "198.51.100.7, 100.64.0.1", "2001:db8::7, fd00::1"
    })
    void whatCannotBeTrueIsIgnored(String local, String seen) {
        var from = new InetSocketAddress(local, 5060);
        assertThat(PublicAddress.UNKNOWN.seen(from, TransportProtocol.UDP, new InetSocketAddress(seen, 5061), 0))
                .isEqualTo(PublicAddress.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "172.17.0.2, 192.168.1.9",
        "10.0.0.1, 100.64.3.3",
        "192.168.1.9, 198.51.100.7",
        "198.51.100.7, 203.0.113.5",
        "fd00::1, 2001:db8::1",
        "127.0.0.1, 127.0.0.2"
    })
    void oneTranslationBehindAnotherIsBelieved(String local, String seen) {
        var from = new InetSocketAddress(local, 5060);
        var to = new InetSocketAddress(seen, 5060);
        assertThat(PublicAddress.UNKNOWN
                        .seen(from, TransportProtocol.UDP, to, 0)
                        .of(from))
                .isEqualTo(to);
    }

    @Test
    void aPortThatChangesAllTheTimeIsFollowedFiveTimesAnHour() {
        PublicAddress known = PublicAddress.UNKNOWN;
        int changes = 0;
        for (int second = 0; second < 3600; second++) {
            PublicAddress next = udp(known, new InetSocketAddress("203.0.113.5", 10_000 + second), second);
            if (!next.equals(known)) {
                changes++;
                assertThat(second % 30).isZero();
            }
            known = next;
        }
        assertThat(changes).isEqualTo(5);
        assertThat(known.of(LOCAL).getPort()).isEqualTo(10_120);
        assertThat(udp(known, SEEN, 3601).of(LOCAL)).isEqualTo(SEEN);
    }

    @Test
    void thePolicyDecidesWhatGoesIntoContact() throws Exception {
        PublicAddress learnt = udp(PublicAddress.UNKNOWN, SEEN, 0);
        var fixed = InetAddress.getByName("198.51.100.99");
        assertThat(new AddressPolicy.Local().contact(LOCAL, learnt)).isEqualTo(LOCAL);
        assertThat(new AddressPolicy.Learn().contact(LOCAL, learnt)).isEqualTo(SEEN);
        assertThat(new AddressPolicy.Learn().contact(LOCAL, PublicAddress.UNKNOWN))
                .isEqualTo(LOCAL);
        assertThat(new AddressPolicy.Fixed(fixed, OptionalInt.empty()).contact(LOCAL, learnt))
                .isEqualTo(new InetSocketAddress(fixed, 5060));
        assertThat(new AddressPolicy.Fixed(fixed, OptionalInt.of(7000)).contact(LOCAL, learnt))
                .isEqualTo(new InetSocketAddress(fixed, 7000));
        assertThatThrownBy(() -> new AddressPolicy.Fixed(InetAddress.getByName("0.0.0.0"), OptionalInt.empty()))
                .hasMessage("0.0.0.0 cannot be the public address: nobody can send to us there");
        assertThatThrownBy(() -> new AddressPolicy.Fixed(fixed, OptionalInt.of(0)))
                .hasMessage("the public port 0 is not within 1-65535");
    }
}
