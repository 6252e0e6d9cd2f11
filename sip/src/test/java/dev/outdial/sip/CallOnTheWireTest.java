package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.event.SessionEvent.Provisional;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestChallenge;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CallOnTheWireTest {
    private static final Duration QUIET = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void aCallIsAnsweredAndHungUp(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            assertThat(invite.message().body()).isEqualTo(Bench.OFFER);
            assertThat(invite.message().callId()).isEqualTo(session.callId());
            assertThat(invite.message().header("Via").orElseThrow())
                    .contains("SIP/2.0/" + transport)
                    .contains("rport");
            assertThat(bench.next(Invited.class).callId()).isEqualTo(session.callId());

            bench.peer.reply(invite, 100, "");
            bench.peer.reply(invite, 180, "callee");
            assertThat(bench.next(Provisional.class).status()).isEqualTo(180);

            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            Heard ack = bench.peer.receive("ACK", SOON);
            assertThat(ack.message().toTag()).isEqualTo("callee");
            assertThat(ack.message().branch()).isNotEqualTo(invite.message().branch());
            assertThat(bench.next(Answered.class).body().orElseThrow().text()).isEqualTo(Bench.ANSWER);

            session.hangUp(OptionalInt.of(16));
            Heard bye = bench.peer.receive("BYE", SOON);
            assertThat(bye.message().header("Reason")).contains("Q.850;cause=16");
            assertThat(bye.message().fromTag()).isEqualTo(ok.fromTag());
            bench.peer.reply(bye, 200, "");
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.LOCAL_BYE);
            assertThat(end.answered()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void theFarEndHangsUpAndIsAnswered200(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            bench.next(Invited.class);
            bench.next(Answered.class);

            bench.peer.send(
                    bench.peer
                            .requestWithin(invite, ok, "BYE", 1)
                            .header("Reason", "Q.850;cause=16;text=\"bye\"")
                            .build(),
                    invite);
            assertThat(bench.peer.receive(200, SOON).message().header("CSeq")).contains("1 BYE");
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.REMOTE_BYE);
            assertThat(end.by()).isEqualTo(EndedBy.REMOTE);
            assertThat(end.q850()).hasValue(16);
        }
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void aChallengedInviteIsSentAgainWithCredentials(DigestAlgorithm algorithm) throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard first = bench.peer.receive("INVITE", SOON);
            challenge(bench, first, 407, algorithm);
            Heard ack = bench.peer.receive("ACK", SOON);
            assertThat(ack.message().branch()).isEqualTo(first.message().branch());

            Heard second = bench.peer.receive("INVITE", SOON);
            assertThat(second.message().callId()).isEqualTo(first.message().callId());
            assertThat(second.message().cseqNumber()).isEqualTo(first.message().cseqNumber() + 1);
            assertThat(second.message().fromTag()).isEqualTo(first.message().fromTag());
            String header = second.message().header("Proxy-Authorization").orElseThrow();
            assertThat(DigestCredentials.parse(header).orElseThrow().provesPassword(Bench.PASSWORD, "INVITE"))
                    .isTrue();

            bench.peer.reply(second, 486, "callee");
            bench.peer.receive("ACK", SOON);
            bench.next(Invited.class);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.REJECTED);
            assertThat(end.sipStatus()).hasValue(486);
            assertThat(end.reason()).isEqualTo("Busy Here");
        }
    }

    @Test
    void aWrongPasswordEndsTheCallAfterTheSecondChallenge() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call(bench.account("wrong"));
            challenge(bench, bench.peer.receive("INVITE", SOON), 401, DigestAlgorithm.MD5);
            challenge(bench, bench.peer.receive("INVITE", SOON), 401, DigestAlgorithm.MD5);
            bench.next(Invited.class);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.AUTHENTICATION);
            assertThat(end.sipStatus()).hasValue(401);
            assertThat(end.reason()).isEqualTo("realm trunk does not accept the user name or password");
            assertThat(bench.peer.hearsNo(h -> h.message().isRequest("INVITE"), QUIET))
                    .isTrue();
        }
    }

    @Test
    void aRepeated200IsAcknowledgedEachTimeAndReportedOnce() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "callee");
            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            String firstBranch = bench.peer.receive("ACK", SOON).message().branch();
            for (int i = 0; i < 3; i++) {
                bench.peer.send(ok, invite);
                assertThat(bench.peer.receive("ACK", SOON).message().branch()).isEqualTo(firstBranch);
            }
            bench.settle();
            assertThat(bench.sessionEvents).hasSize(3).last().isInstanceOf(Answered.class);
        }
    }

    @Test
    void aSecondPhoneThatPicksUpIsAcknowledgedAndHungUp() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "one");
            bench.peer.answer(invite, "one", Bench.ANSWER);
            assertThat(bench.peer.receive("ACK", SOON).message().toTag()).isEqualTo("one");
            bench.peer.answer(invite, "two", Bench.ANSWER);
            assertThat(bench.peer.receive("ACK", SOON).message().toTag()).isEqualTo("two");
            Heard bye = bench.peer.receive("BYE", SOON);
            assertThat(bye.message().toTag()).isEqualTo("two");
            bench.peer.reply(bye, 200, "");
            bench.settle();
            assertThat(bench.sessionEvents).hasSize(3).last().isInstanceOf(Answered.class);
        }
    }

    @Test
    void theCancelWaitsForAProvisionalResponse() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            session.hangUp(OptionalInt.empty());
            assertThat(bench.peer.hearsNo(h -> h.message().isRequest("CANCEL"), QUIET))
                    .isTrue();

            bench.peer.reply(invite, 180, "callee");
            Heard cancel = bench.peer.receive("CANCEL", SOON);
            assertThat(cancel.message().branch()).isEqualTo(invite.message().branch());
            assertThat(cancel.message().cseqNumber()).isEqualTo(invite.message().cseqNumber());
            bench.peer.reply(cancel, 200, "callee");
            bench.peer.reply(invite, 487, "callee");
            bench.peer.receive("ACK", SOON);
            bench.next(Invited.class);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.CANCELED);
            assertThat(end.by()).isEqualTo(EndedBy.LOCAL);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void a200ThatCrossesTheCancelIsAcknowledgedAndHungUp(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "callee");
            session.hangUp(OptionalInt.empty());
            Heard cancel = bench.peer.receive("CANCEL", SOON);
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.reply(cancel, 200, "callee");
            bench.peer.receive("ACK", SOON);
            Heard bye = bench.peer.receive("BYE", SOON);
            bench.peer.reply(bye, 200, "");
            bench.settle();
            bench.next(Invited.class);
            if (bench.sessionEvents.peek() instanceof Provisional) bench.next(Provisional.class);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.ANSWERED_TOO_LATE);
            assertThat(end.answered()).isFalse();
        }
    }

    @Test
    void requestsWithinTheSessionAreAnsweredAndTheSessionGoesOn() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            int cseq = 1;
            for (var expected : new Object[][] {
                {"OPTIONS", 200}, {"UPDATE", 200}, {"INFO", 200}, {"MESSAGE", 405}, {"NOTIFY", 405}, {"FROBNICATE", 501}
            }) {
                bench.peer.send(
                        bench.peer
                                .requestWithin(invite, ok, (String) expected[0], cseq++)
                                .build(),
                        invite);
                Heard reply = bench.peer.receive((int) expected[1], SOON);
                assertThat(reply.message().header("CSeq").orElseThrow()).endsWith((String) expected[0]);
            }
            bench.peer.send(
                    bench.peer
                            .requestWithin(invite, ok, "INVITE", cseq)
                            .body("application/sdp", Bench.OFFER)
                            .build(),
                    invite);
            bench.next(Invited.class);
            bench.next(Answered.class);
            assertThat(bench.next(Offered.class).offer()).isPresent();
            session.refuse(488);
            bench.peer.receive(488, SOON);
            session.hangUp(OptionalInt.empty());
            bench.peer.receive("BYE", SOON);
        }
    }

    @Test
    void aNobodyAtAConnectionEndsTheCallAtOnceAndNothingWasInvited() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP)) {
            bench.peer.close();
            bench.call();
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.TRANSPORT);
            assertThat(end.reason()).startsWith("cannot send to tcp:127.0.0.1:").containsIgnoringCase("refused");
        }
    }

    @Test
    @Tag("slow")
    void anInviteThatIsLostIsSentAgainUntilAProvisionalResponse() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard first = bench.peer.receive("INVITE", SOON);
            Heard second = bench.peer.receive("INVITE", SOON);
            Heard third = bench.peer.receive("INVITE", SOON);
            assertThat(second.message().branch()).isEqualTo(first.message().branch());
            assertThat(TimeUnit.NANOSECONDS.toMillis(second.atNanos() - first.atNanos()))
                    .isBetween(400L, 900L);
            assertThat(TimeUnit.NANOSECONDS.toMillis(third.atNanos() - second.atNanos()))
                    .isBetween(900L, 1_500L);
            bench.peer.reply(third, 100, "");
            assertThat(bench.peer.hearsNo(h -> h.message().isRequest("INVITE"), Duration.ofMillis(2_500)))
                    .isTrue();
        }
    }

    @Test
    @Tag("slow")
    void silenceEndsTheCallAfter32SecondsAndSevenInvites() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            long startNanos = System.nanoTime();
            bench.call();
            bench.next(Invited.class);
            Ended ended = (Ended) bench.sessionEvents.poll(40, TimeUnit.SECONDS);
            assertThat(ended).isNotNull();
            assertThat(ended.end().cause()).isEqualTo(Cause.NO_RESPONSE);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
                    .isBetween(31_000L, 34_000L);
            assertThat(bench.peer.countOf("INVITE")).isEqualTo(7);
        }
    }

    @Test
    void optionsAreAskedAndAnswered() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            var status = bench.agent.options(SipUri.of("2000", "127.0.0.1"), bench.hop());
            Heard options = bench.peer.receive("OPTIONS", SOON);
            bench.peer.reply(options, 200, "x");
            assertThat(status.toCompletableFuture().get(5, TimeUnit.SECONDS)).isEqualTo(200);

            SipMessage ask = SipMessage.request("OPTIONS", "sip:outdial@127.0.0.1")
                    .header("Via", bench.peer.via(options.wire(), "stranger1"))
                    .header("Max-Forwards", "70")
                    .header("From", "<sip:x@127.0.0.1>;tag=1")
                    .header("To", "<sip:outdial@127.0.0.1>")
                    .header("Call-ID", "stranger")
                    .header("CSeq", "7 OPTIONS")
                    .build();
            bench.peer.send(ask, options);
            Heard answer = bench.peer.receive(200, SOON);
            assertThat(answer.message().header("Allow").orElseThrow()).contains("INVITE");
            assertThat(answer.message().toTag()).isNotEmpty();
        }
    }

    static void challenge(Bench bench, Heard request, int status, DigestAlgorithm algorithm) {
        String name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        String value = DigestChallenge.of("trunk", "nonce" + request.message().cseqNumber(), algorithm)
                .toHeader();
        bench.peer.send(
                Replies.to(request.message(), status, "challenge")
                        .header(name, value)
                        .build(),
                request);
    }
}
