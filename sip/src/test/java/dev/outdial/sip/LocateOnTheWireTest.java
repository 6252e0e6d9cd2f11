package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.testbed.dns.DnsServer;
import dev.outdial.testbed.dns.Manner;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocateOnTheWireTest {
    private static final String PRODUCT = "Outdial-Test";

    @Test
    void aDomainIsReachedWhereItsSrvRecordsLead() throws Exception {
        try (var dns = DnsServer.open();
                var peer = ScriptedPeer.open();
                var agent = UserAgent.open(UserAgentConfig.of(PRODUCT).withDns(List.of(dns.address())))) {
            dns.naptr("trunk.test", 60, 1, 1, "s", "SIP+D2T", "_sip._tcp.trunk.test")
                    .srv("_sip._tcp.trunk.test", 60, 1, 1, peer.address().getPort(), "edge.trunk.test")
                    .a("edge.trunk.test", 60, "127.0.0.1");
            SipUri uri = SipUri.parse("sip:trunk.test");
            List<Hop> hops = agent.locate(uri).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(hops).hasToString("[tcp:127.0.0.1:" + peer.address().getPort() + "]");

            var status = agent.options(uri, hops.getFirst()).toCompletableFuture();
            var heard = peer.receive("OPTIONS", Bench.SOON);
            assertThat(heard.message().requestUri()).isEqualTo("sip:trunk.test");
            peer.reply(heard, 200, "x");
            assertThat(status.get(5, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void addressesOfAFamilyWithoutARouteAreLeftOut() throws Exception {
        try (var dns = DnsServer.open();
                var agent = UserAgent.open(
                        new UserAgentConfig(Optional.of("127.0.0.1"), 0, PRODUCT).withDns(List.of(dns.address())))) {
            dns.aaaa("both.test", 60, "::1").a("both.test", 60, "127.0.0.1").aaaa("six.test", 60, "::1");
            assertThat(agent.locate(SipUri.parse("sip:both.test"))
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .hasToString("[udp:127.0.0.1:5060]");
            assertThatThrownBy(() -> agent.locate(SipUri.parse("sip:six.test"))
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(SipException.class)
                    .hasMessage("cannot resolve host 'six.test': it has no address");
        }
    }

    @Test
    void closingEndsLookupsAndLeavesNoThread() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (var dns = DnsServer.open()) {
            dns.answering("*", new Manner.Silence());
            var agent = UserAgent.open(UserAgentConfig.of(PRODUCT).withDns(List.of(dns.address())));
            agent.locate(SipUri.parse("sip:localhost")).toCompletableFuture().get(10, TimeUnit.SECONDS);
            var located = agent.locate(SipUri.parse("sip:silent.test")).toCompletableFuture();
            agent.close();
            assertThatThrownBy(() -> located.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(SipException.class)
                    .hasMessage("the SIP user agent is closed");
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (before.contains(thread) || !thread.getName().startsWith("sip-")) continue;
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void nameServersAreGivenByTheirAddresses() {
        var byName = InetSocketAddress.createUnresolved("ns.test", 53);
        assertThatThrownBy(() -> UserAgentConfig.of(PRODUCT).withDns(List.of(byName)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name server ns.test is not given by its address");
    }
}
