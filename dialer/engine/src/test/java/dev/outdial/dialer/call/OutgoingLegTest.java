package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.SipException;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingLegTest {
    private static final Hop FIRST = hop(1);
    private static final Hop ALIKE = hop(2);
    private static final Hop ELSEWHERE = hop(3);
    private static final Hop NOWHERE = hop(4);

    @Test
    void onlyHopsThatAreReachedAsTheFirstOneAreOffered() {
        assertThat(OutgoingLeg.reachedAlike(List.of(FIRST, ELSEWHERE, NOWHERE, ALIKE), OutgoingLegTest::localAddress))
                .containsExactly(FIRST, ALIKE);
    }

    private static InetAddress localAddress(Hop hop) {
        if (hop.equals(NOWHERE)) throw new SipException("no route");
        return address(hop.equals(ELSEWHERE) ? 11 : 10);
    }

    private static Hop hop(int last) {
        return new Hop(new InetSocketAddress(address(last), 5060), TransportProtocol.UDP);
    }

    private static InetAddress address(int last) {
        return new InetSocketAddress("192.0.2." + last, 0).getAddress();
    }
}
