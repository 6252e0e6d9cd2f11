package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 3261 section 8.1.2: what belongs to no dialog goes by the proxy, and says so. */
@Timeout(60)
class OutboundProxyOnTheWireTest {
    private static final String ROUTE = "<sip:edge.example;lr>";

    private static Account account() {
        return new Account(
                SipUri.parse("sip:1000@carrier.example"),
                Optional.of(Credentials.of("1000", Bench.PASSWORD)),
                Optional.empty(),
                Optional.of(SipUri.parse("sip:edge.example")));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void aCallNamesTheProxyUntilThereIsADialog(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            InviteSession session = bench.call(account());
            Heard first = bench.peer.receive("INVITE", SOON);
            assertThat(first.message().values("Route")).containsExactly(ROUTE);
            assertThat(first.message().requestUri()).startsWith("sip:2000@127.0.0.1");
            CallOnTheWireTest.challenge(bench, first, 407, DigestAlgorithm.MD5);
            // RFC 3261 section 17.1.1.3: that of the INVITE.
            assertThat(bench.peer.receive("ACK", SOON).message().values("Route"))
                    .containsExactly(ROUTE);
            Heard second = bench.peer.receive("INVITE", SOON);
            assertThat(second.message().values("Route")).containsExactly(ROUTE);

            SipMessage unused = bench.peer.answer(second, "callee", Bench.ANSWER);
            assertThat(bench.peer.receive("ACK", SOON).message().values("Route"))
                    .isEmpty();
            session.hangUp(OptionalInt.empty());
            Heard bye = bench.peer.receive("BYE", SOON);
            // It did not ask to stay (Record-Route), so it is not asked to come along (section 12.1.2).
            assertThat(bye.message().values("Route")).isEmpty();
            bench.peer.reply(bye, 200, "");
        }
    }

    @Test
    void aCancelGoesTheWayOfTheInvite() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            InviteSession session = bench.call(account());
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "callee");
            session.hangUp(OptionalInt.empty());
            Heard cancel = bench.peer.receive("CANCEL", SOON);
            assertThat(cancel.message().values("Route")).containsExactly(ROUTE);
            bench.peer.reply(cancel, 200, "callee");
            bench.peer.reply(invite, 487, "callee");
            bench.peer.receive("ACK", SOON);
        }
    }

    @Test
    void registerAndOptionsNameItToo() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.register(account());
            Heard register = bench.peer.receive("REGISTER", SOON);
            assertThat(register.message().requestUri()).isEqualTo("sip:carrier.example");
            assertThat(register.message().values("Route")).containsExactly(ROUTE);
            bench.peer.reply(register, 200, "r");

            var unused = bench.agent.options(
                    SipUri.parse("sip:carrier.example"), List.of(bench.hop()), Optional.of(account()));
            Heard options = bench.peer.receive("OPTIONS", SOON);
            assertThat(options.message().values("Route")).containsExactly(ROUTE);
            bench.peer.reply(options, 200, "r");
        }
    }
}
