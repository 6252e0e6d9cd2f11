package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.testbed.dns.DnsServer;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A trunk that is looked for again. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TrunkLineTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String HOST = "sbc.test";
    private static final TrunkLine.Pauses SHORT =
            new TrunkLine.Pauses(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(50));

    private final DnsServer dns = DnsServer.open();
    private final ScriptedPeer before = ScriptedPeer.open();
    private final ScriptedPeer after = ScriptedPeer.open();
    private final UserAgent userAgent =
            UserAgent.open(UserAgentConfig.of("Test").withDns(List.of(dns.address())));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService mailbox = Executors.newSingleThreadExecutor();
    private final Trunk trunk = Trunk.of("t", "sip:alice@" + HOST);
    private final TrunkLine line = new TrunkLine(userAgent, trunk, SHORT);

    @AfterEach
    void close() {
        var unused = line.close();
        userAgent.close();
        threads.shutdownNow();
        mailbox.shutdownNow();
        before.close();
        after.close();
        dns.close();
    }

    @Test
    void aTrunkThatMovesIsRegisteredWithWhereItIsNow() throws Exception {
        at(before);
        var attending = threads.submit(() -> {
            line.register(mailbox);
            return null;
        });
        Heard register = before.receive("REGISTER", SOON);
        String contact = register.message().header("Contact").orElseThrow();
        before.reply(
                register, 200, "r", reply -> reply.header("Contact", contact).header("Expires", "300"));
        assertThat(line.first().get(10, TimeUnit.SECONDS)).isInstanceOf(TrunkLine.Standing.Usable.class);
        before.replyAlways("REGISTER", 200);

        dns.remove("_sip._udp." + HOST);
        at(after);

        Heard anew = after.receive("REGISTER", SOON);
        assertThat(anew.message().header("Contact").orElseThrow()).isNotEqualTo(contact);
        assertThat(before.countOf("REGISTER"))
                .as("the old binding is given up first")
                .isGreaterThanOrEqualTo(2);
        after.replyAlways("REGISTER", 200);
        var unused = line.close();
        attending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void callsGoOnAfterARefreshThatFailedForAsLongAsTheBindingHolds() throws Exception {
        at(before);
        var attending = threads.submit(() -> {
            line.register(mailbox);
            return null;
        });
        before.reply(before.receive("REGISTER", SOON), 200, "r", reply -> reply.header("Expires", "300"));
        line.first().get(10, TimeUnit.SECONDS);
        before.replyAlways("REGISTER", 200);

        line.handle(new RegistrationEvent.Refused(503, "Later", false));

        assertThat(line.standing()).isInstanceOf(TrunkLine.Standing.Unusable.class);
        assertThat(line.standingForCalls()).isInstanceOf(TrunkLine.Standing.Usable.class);
        var unused = line.close();
        attending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void withoutABindingThatHoldsCallsStandAsTheRegistrarSaidLast() {
        var refused = new TrunkLine.Standing.Unusable(OptionalInt.of(403), "refused");

        assertThat(TrunkLine.forCalls(refused, OptionalLong.of(10), 9)).isEqualTo(new TrunkLine.Standing.Usable());
        assertThat(TrunkLine.forCalls(refused, OptionalLong.of(10), 10)).isEqualTo(refused);
        assertThat(TrunkLine.forCalls(refused, OptionalLong.empty(), 0)).isEqualTo(refused);
    }

    private TrunkLine asked(Trunk asked) {
        return new TrunkLine(userAgent, asked, SHORT);
    }

    @Test
    void aTrunkIsAskedByOptionsAgainAndAgainUntilTheLineIsClosed() throws Exception {
        TrunkLine asked = asked(Trunk.of("peer", "sip:alice@" + before.hostPort())
                .withoutRegistration()
                .askedEvery(Duration.ofSeconds(1)));
        var asking = threads.submit(() -> {
            asked.keepAsking();
            return null;
        });

        Heard first = before.receive("OPTIONS", SOON);
        assertThat(first.message().requestUri()).isEqualTo("sip:" + before.hostPort());
        before.reply(first, 404, "r", reply -> reply);
        before.reply(before.receive("OPTIONS", SOON), 200, "r", reply -> reply);

        var unused = asked.close();
        asking.get(10, TimeUnit.SECONDS);
        assertThat(asked.standingForCalls()).isInstanceOf(TrunkLine.Standing.Usable.class);
    }

    @Test
    void oneThatAnswersOptionsNoMoreIsNotDialledUntilItDoes() {
        TrunkLine asked = asked(trunk.withoutRegistration());

        asked.handle(false);
        assertThat(asked.standingForCalls())
                .as("it may take no OPTIONS at all")
                .isInstanceOf(TrunkLine.Standing.Usable.class);
        asked.handle(true);
        asked.handle(false);
        assertThat(asked.standingForCalls())
                .isEqualTo(new TrunkLine.Standing.Unusable(
                        OptionalInt.empty(), "trunk t: it does not answer OPTIONS any more"));
        asked.handle(true);
        assertThat(asked.standingForCalls()).isInstanceOf(TrunkLine.Standing.Usable.class);
    }

    @Test
    void whereThereIsARegistrationItAloneSaysWhetherCallsGoOut() {
        line.handle(true);
        line.handle(false);

        assertThat(line.standingForCalls()).isInstanceOf(TrunkLine.Standing.Usable.class);
    }

    @Test
    void aTrunkThatDoesNotResolveAtFirstIsKnownLater() throws Exception {
        var attending = threads.submit(() -> {
            line.find();
            return null;
        });
        line.first().get(10, TimeUnit.SECONDS);
        assertThat(line.isAt(InetAddress.getLoopbackAddress())).isFalse();

        at(before);

        while (!line.isAt(InetAddress.getLoopbackAddress())) Thread.onSpinWait();
        var unused = line.close();
        attending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theWayToATrunkThatIsNotRegisteredWithIsKeptOpenThroughTheNatUntilItGoes() throws Exception {
        InetAddress outside = InetAddress.getByName("192.0.2.1");
        try (var behindNat = UserAgent.open(
                UserAgentConfig.of("Test").withPublicAddress(new AddressPolicy.Fixed(outside, OptionalInt.empty())))) {
            var carrier = Trunk.of("carrier", "sip:alice@" + before.hostPort()).withoutRegistration();
            var found = new TrunkLine(behindNat, carrier, SHORT);
            var attending = threads.submit(() -> {
                found.find();
                return null;
            });
            found.first().get(10, TimeUnit.SECONDS);
            assertThat(found.keptOpen()).containsExactly(new Hop(before.address(), TransportProtocol.UDP));

            var unused = found.close();

            assertThat(found.keptOpen()).isEmpty();
            attending.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void pausesDoubleWhileTheTrunkIsNotFound() {
        assertThat(TrunkLine.Pauses.USUAL.after(0)).isEqualTo(Duration.ofMinutes(3));
        assertThat(TrunkLine.Pauses.USUAL.after(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(TrunkLine.Pauses.USUAL.after(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(TrunkLine.Pauses.USUAL.after(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }

    private void at(ScriptedPeer peer) {
        dns.srv("_sip._udp." + HOST, 0, 1, 1, peer.port(), "edge.test").a("edge.test", 0, "127.0.0.1");
    }
}
