package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.sip.SipListener;
import org.junit.jupiter.api.Test;

class StacksTest {
    private static final SipListener DEAF = (SipListener) Proxy.newProxyInstance(
            StacksTest.class.getClassLoader(), new Class<?>[] {SipListener.class}, (proxy, method, arguments) -> null);

    private static Hop hop(String address, TransportProtocol transport) {
        return new Hop(new InetSocketAddress(address, 5061), transport);
    }

    @Test
    void eachNameHasAStackAndAllAddressesShareOneSoThatAFarEndCannotAskForMore() throws Exception {
        var stacks = started();
        try {
            RunningStack addresses = stacks.towards(hop("192.0.2.1", TransportProtocol.TLS));
            assertThat(stacks.towards(hop("192.0.2.2", TransportProtocol.TLS))).isSameAs(addresses);
            assertThat(stacks.towards(hop("2001:db8::1", TransportProtocol.TLS)))
                    .isSameAs(addresses);

            var address = new InetSocketAddress("192.0.2.1", 5061);
            RunningStack one = stacks.towards(Hop.overTls(address, "one.example.com"));
            assertThat(stacks.towards(Hop.overTls(address, "ONE.example.com."))).isSameAs(one);
            assertThat(one).isNotSameAs(addresses);
            assertThat(stacks.towards(Hop.overTls(address, "two.example.com"))).isNotSameAs(one);
            // A literal of another address is a name like any other: only the far end there must prove it.
            assertThat(stacks.towards(Hop.overTls(address, "192.0.2.2"))).isNotSameAs(addresses);

            assertThat(stacks.towards(hop("192.0.2.1", TransportProtocol.UDP))).isSameAs(stacks.plain());
            assertThat(stacks.towards(hop("192.0.2.1", TransportProtocol.TCP))).isSameAs(stacks.plain());
        } finally {
            stop(stacks);
        }
        assertThatThrownBy(() -> stacks.towards(Hop.overTls(new InetSocketAddress("192.0.2.1", 5061), "late")))
                .hasMessageContaining("closed");
    }

    @Test
    void aStackThatWasStoppedListensNowhereAgain() throws Exception {
        var stacks = started();
        stop(stacks);
        // jain-sip would start anew what was stopped, with threads and a port that nobody closes.
        assertThatThrownBy(() -> stacks.plain().points().on(InetAddress.getLoopbackAddress(), TransportProtocol.UDP))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    private static Stacks started() throws IOException {
        return new Stacks(
                new Stacks.Setup(Optional.empty(), 0, TlsClient.trusting(Optional.empty())),
                new Wire(new Gate(callId -> false, System::nanoTime), new WireWatch(), KeepAlive.Terms.STANDARD),
                hop -> {},
                origins -> DEAF);
    }

    // It interrupts its thread, see RunningStack.
    private static void stop(Stacks stacks) throws InterruptedException {
        var stopper = new Thread(stacks::stop, "stopper");
        stopper.start();
        stopper.join(5_000);
        assertThat(stopper.isAlive()).isFalse();
    }
}
