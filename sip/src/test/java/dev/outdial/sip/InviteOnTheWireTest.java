package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.event.SessionEvent.Provisional;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.session.CallerIdentity;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an INVITE can do beyond a plain call, against scripted peers. */
@Timeout(60)
class InviteOnTheWireTest {
    private static final String EARLY = "v=0\r\no=- 3 3 IN IP4 127.0.0.1\r\ns=-\r\n";
    private static final List<String> ROUTES = List.of("<sip:p1.example.com;lr>", "<sip:p2.example.com:5070;lr>");

    @Test
    void a503LeadsToTheNextHopAndItsAckAndTheNextInviteTakeTheSameRoute() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP);
                var second = ScriptedPeer.open()) {
            InviteSession session = call(
                    bench,
                    InviteOptions.USUAL.via(ROUTES),
                    bench.hop(),
                    new Hop(second.address(), TransportProtocol.UDP));
            Heard first = bench.peer.receive("INVITE", SOON);
            assertThat(first.message().values("Route")).isEqualTo(ROUTES);
            bench.peer.reply(first, 503, "p", reply -> reply.header("Retry-After", "60"));
            Heard ack = bench.peer.receive("ACK", SOON);
            assertThat(ack.message().branch()).isEqualTo(first.message().branch());
            assertThat(ack.message().values("Route")).isEqualTo(ROUTES);

            Heard next = second.receive("INVITE", SOON);
            assertThat(next.message().callId()).isEqualTo(session.callId());
            assertThat(next.message().cseqNumber()).isEqualTo(first.message().cseqNumber() + 1);
            assertThat(next.message().branch()).isNotEqualTo(first.message().branch());
            assertThat(next.message().values("Route")).isEqualTo(ROUTES);
            second.answer(next, "callee", Bench.ANSWER);
            second.receive("ACK", SOON);
            bench.next(Invited.class);
            bench.next(Answered.class);
            session.hangUp(OptionalInt.empty());
            second.reply(second.receive("BYE", SOON), 200, "");
            assertThat(bench.next(Ended.class).end().cause()).isEqualTo(Cause.LOCAL_BYE);
            assertThat(bench.peer.countOf("INVITE")).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatIsRefusedLeadsToTheNextHop() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP);
                var second = ScriptedPeer.open()) {
            bench.peer.close();
            call(bench, InviteOptions.USUAL, bench.hop(), new Hop(second.address(), TransportProtocol.TCP));
            Heard invite = second.receive("INVITE", SOON);
            second.reply(invite, 486, "callee");
            second.receive("ACK", SOON);
            bench.next(Invited.class);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.sipStatus()).hasValue(486);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void reliableResponsesAreAcknowledgedAlsoWhenThePrackIsChallenged(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            assertThat(String.join(",", invite.message().values("Supported"))).contains("100rel");
            reliably(bench, invite, 183, 7, EARLY);
            Heard prack = bench.peer.receive("PRACK", SOON);
            assertThat(prack.message().header("RAck")).contains("7 1 INVITE");
            CallOnTheWireTest.challenge(bench, prack, 407, DigestAlgorithm.MD5);
            Heard again = bench.peer.receive("PRACK", SOON);
            String credentials = again.message().header("Proxy-Authorization").orElseThrow();
            assertThat(DigestCredentials.parse(credentials).orElseThrow().provesPassword(Bench.PASSWORD, "PRACK"))
                    .isTrue();
            bench.peer.reply(again, 200, "");
            // Repeated, since the first PRACK was challenged: nobody is told twice.
            reliably(bench, invite, 183, 7, EARLY);
            reliably(bench, invite, 180, 8, "");
            Heard third = bench.peer.receive("PRACK", SOON);
            assertThat(third.message().header("RAck")).contains("8 1 INVITE");
            bench.peer.reply(third, 200, "");

            bench.peer.answer(invite, "callee", Bench.ANSWER);
            Heard ack = bench.peer.receive("ACK", SOON);
            assertThat(ack.message().cseqNumber()).isEqualTo(invite.message().cseqNumber());
            bench.next(Invited.class);
            Provisional early = bench.next(Provisional.class);
            assertThat(early.body().orElseThrow().text()).isEqualTo(EARLY);
            assertThat(early.leg()).isEqualTo("callee");
            assertThat(bench.next(Provisional.class).status()).isEqualTo(180);
            bench.next(Answered.class);
            session.hangUp(OptionalInt.empty());
            Heard bye = bench.peer.receive("BYE", SOON);
            assertThat(bye.message().cseqNumber()).isGreaterThan(third.message().cseqNumber());
            bench.peer.reply(bye, 200, "");
            bench.next(Ended.class);
        }
    }

    @Test
    void anUpdateBeforeTheAnswerIsAnsweredByTheUser() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            SipMessage ringing = reliably(bench, invite, 183, 1, EARLY);
            bench.peer.reply(bench.peer.receive("PRACK", SOON), 200, "");
            bench.peer.send(
                    bench.peer
                            .requestWithin(invite, ringing, "UPDATE", 1)
                            .body(MessageBody.SDP, Bench.OFFER)
                            .build(),
                    invite);
            bench.next(Invited.class);
            bench.next(Provisional.class);
            assertThat(bench.next(Offered.class).offer().orElseThrow().text()).isEqualTo(Bench.OFFER);
            session.accept(MessageBody.ofText(MessageBody.SDP, Bench.ANSWER));
            Heard ok = bench.peer.receive(200, SOON);
            assertThat(ok.message().header("CSeq")).contains("1 UPDATE");
            assertThat(ok.message().body()).isEqualTo(Bench.ANSWER);
            assertThat(ok.message().contact()).isPresent();
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            bench.next(Answered.class);
        }
    }

    @Test
    void anAnonymousCallThatIsCanceledNamesNobodyAnywhere() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            var options = InviteOptions.USUAL.via(ROUTES).showing(CallerIdentity.PLAIN.withheld());
            InviteSession session = call(bench, options, bench.hop());
            Heard invite = bench.peer.receive("INVITE", SOON);
            assertThat(invite.message().header("Privacy")).contains("id");
            bench.peer.reply(invite, 180, "callee");
            session.hangUp(OptionalInt.of(16));
            Heard cancel = bench.peer.receive("CANCEL", SOON);
            assertThat(cancel.message().header("Reason")).contains("Q.850;cause=16");
            assertThat(cancel.message().values("Route")).isEqualTo(ROUTES);
            bench.peer.reply(cancel, 200, "callee");
            bench.peer.reply(invite, 487, "callee");
            Heard ack = bench.peer.receive("ACK", SOON);
            assertThat(ack.message().values("Route")).isEqualTo(ROUTES);
            for (Heard heard : bench.peer.heard()) {
                assertThat(heard.message().toString()).doesNotContain("1000@");
                assertThat(heard.message().header("From").orElseThrow()).contains("anonymous.invalid");
            }
        }
    }

    @Test
    void aLongerSessionIsAskedForAndTheTrunksWordOnTheCalleeIsTold() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard first = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(first, 422, "p", reply -> reply.header("Min-SE", "4000"));
            Heard second = bench.peer.receive("INVITE", SOON);
            assertThat(second.message().header("Session-Expires").orElseThrow()).startsWith("4000");
            bench.peer.reply(
                    second,
                    180,
                    "callee",
                    reply -> reply.header(
                            "P-Asserted-Identity",
                            "\"Shop\" <sip:+15551234;verstat=TN-Validation-Passed@example.com>"));
            bench.next(Invited.class);
            var remote = bench.next(Provisional.class).remote();
            assertThat(remote.displayName()).contains("Shop");
            assertThat(remote.verstat()).contains("TN-Validation-Passed");
            assertThat(remote.uri()).contains("sip:+15551234;verstat=TN-Validation-Passed@example.com");
        }
    }

    @Test
    void aRedirectionIsToldAndNotFollowed() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(
                    invite,
                    302,
                    "p",
                    reply -> reply.header("Contact", "<sip:b@192.0.2.2>;q=0.1, <sip:a@192.0.2.1:5070>;q=0.7"));
            bench.peer.receive("ACK", SOON);
            bench.next(Invited.class);
            assertThat(bench.next(Ended.class).end().redirects())
                    .containsExactly("sip:a@192.0.2.1:5070", "sip:b@192.0.2.2");
        }
    }

    private static InviteSession call(Bench bench, InviteOptions options, Hop... hops) {
        var request = new InviteRequest(
                UUID.randomUUID().toString(),
                bench.account(),
                SipUri.of("2000", "127.0.0.1"),
                List.of(hops),
                MessageBody.ofText(MessageBody.SDP, Bench.OFFER),
                Map.of(),
                options);
        return bench.agent.invite(request, bench.mailbox, bench.sessionEvents::add);
    }

    private static SipMessage reliably(Bench bench, Heard invite, int status, int rseq, String body) {
        return bench.peer.reply(invite, status, "callee", reply -> {
            var reliable = reply.header("Contact", bench.peer.contact(invite.wire()))
                    .header("Require", "100rel")
                    .header("RSeq", Integer.toString(rseq));
            return body.isEmpty() ? reliable : reliable.body(MessageBody.SDP, body);
        });
    }
}
