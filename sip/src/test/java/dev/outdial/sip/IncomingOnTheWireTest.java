package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Confirmed;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.Wire;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class IncomingOnTheWireTest {
    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void aCallIsRungAnsweredAndItsAnswerRepeatedUntilTheAckComes(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            caller.answerTo("INVITE", 100);
            IncomingInvite announced = caller.announced();
            assertThat(announced.requestUri().flatMap(uri -> uri.user())).contains("account7");
            assertThat(announced.from()).contains(SipUri.of("2000", "127.0.0.1"));
            assertThat(announced.displayName()).contains("A, B <C>");
            assertThat(announced.offer().orElseThrow().text()).isEqualTo(Bench.OFFER);
            assertThat(announced.source().address().getAddress().isLoopbackAddress())
                    .isTrue();
            InviteSession session = caller.take(announced);
            session.ring(180, Optional.empty());
            Heard ringing = caller.answerTo("INVITE", 180);
            session.accept(Caller.OURS);
            Heard first = caller.answerTo("INVITE", 200);
            assertThat(first.message().body()).isEqualTo(Bench.ANSWER);
            assertThat(first.message().toTag())
                    .isNotEmpty()
                    .isEqualTo(ringing.message().toTag());

            Heard second = caller.answerTo("INVITE", 200);
            Heard third = caller.answerTo("INVITE", 200);
            assertThat(second.message().body()).isEqualTo(Bench.ANSWER);
            assertThat(third.message().toTag()).isEqualTo(first.message().toTag());
            caller.send(caller.ack(invite, third));
            caller.next(Confirmed.class);
            assertThat(caller.peer.hearsNo(h -> h.message().status() == 200, Duration.ofMillis(2_500)))
                    .isTrue();

            caller.send(caller.within(invite, first, "BYE", 8));
            caller.answerTo("BYE", 200);
            SessionEnd end = caller.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.REMOTE_BYE);
            assertThat(caller.invites).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void theSameInviteAgainIsAnsweredButNotAnnouncedAgain(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            InviteSession session = caller.take();
            caller.send(invite);
            session.ring(180, Optional.empty());
            caller.answerTo("INVITE", 180);
            caller.send(invite);
            // Where the two cross, the transaction repeats the response before the latest: the caller has that one too.
            caller.peer.receive(
                    "100 or 180 to INVITE",
                    h -> h.message().method().equals("INVITE") && h.message().status() < 200,
                    SOON);
            session.accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, ok));
            caller.next(Confirmed.class);
            caller.send(invite);
            session.hangUp(OptionalInt.of(16));
            Heard bye = caller.peer.receive("BYE", SOON);
            assertThat(bye.message().toTag()).isEqualTo("caller");
            assertThat(bye.message().fromTag()).isEqualTo(ok.message().toTag());
            caller.peer.reply(bye, 200, "");
            assertThat(caller.next(Ended.class).end().cause()).isEqualTo(Cause.LOCAL_BYE);
            assertThat(caller.invites).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void anInviteWithoutAnOfferGetsOursAndItsAckTheAnswer(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.inviteWithoutOffer("call-1"));
            IncomingInvite announced = caller.announced();
            assertThat(announced.offer()).isEmpty();
            caller.take(announced).accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, ok).body("application/sdp", Bench.OFFER));
            assertThat(caller.next(Confirmed.class).answer().orElseThrow().text())
                    .isEqualTo(Bench.OFFER);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void aReliableProvisionalResponseIsRepeatedUntilItsPrack(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.invite("call-1").header("Supported", "100rel"));
            InviteSession session = caller.take();
            session.ring(183, Optional.of(Caller.OURS));
            Heard first = caller.answerTo("INVITE", 183);
            String rseq = first.message().header("RSeq").orElseThrow();
            assertThat(first.message().header("Require")).contains("100rel");
            session.accept(Caller.OURS);
            Heard second = caller.answerTo("INVITE", 183);
            Heard third = caller.answerTo("INVITE", 183);
            assertThat(second.message().header("RSeq")).contains(rseq);
            assertThat(third.message().body()).isEqualTo(Bench.ANSWER);
            assertThat(caller.countOf("INVITE", 200)).isZero();

            caller.send(caller.within(invite, first, "PRACK", 8).header("RAck", rseq + " 7 INVITE"));
            caller.answerTo("PRACK", 200);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, ok));
            caller.next(Confirmed.class);
            assertThat(caller.countOf("INVITE", 183)).isEqualTo(3);
            caller.send(caller.within(invite, ok, "PRACK", 9).header("RAck", rseq + " 7 INVITE"));
            caller.peer.receive(
                    "a refusal of the PRACK",
                    h -> h.message().method().equals("PRACK") && h.message().status() >= 400,
                    SOON);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void aCancelEndsTheCallUnlessItIsTooLate(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage canceled = caller.send(caller.invite("call-1"));
            InviteSession session = caller.take();
            session.ring(180, Optional.empty());
            caller.answerTo("INVITE", 180);
            caller.send(caller.cancel(canceled).header("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""));
            caller.answerTo("CANCEL", 200);
            Heard terminated = caller.answerTo("INVITE", 487);
            caller.acknowledgeRefusal(canceled, terminated);
            SessionEnd end = caller.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.CANCELED);
            assertThat(end.q850()).hasValue(26);
            session.accept(Caller.OURS);

            SipMessage answered = caller.send(caller.invite("call-2"));
            caller.take().accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.cancel(answered));
            caller.answerTo("CANCEL", 200);
            caller.send(caller.ack(answered, ok));
            caller.next(Confirmed.class);
            assertThat(caller.events).isEmpty();
            assertThat(caller.countOf("INVITE", 487)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void aCallThatIsCanceledBeforeItIsTakenIsToldAsEnded(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            IncomingInvite announced = caller.announced();
            caller.send(caller.cancel(invite));
            caller.acknowledgeRefusal(invite, caller.answerTo("INVITE", 487));
            caller.answerTo("CANCEL", 200);
            InviteSession session = caller.take(announced);
            assertThat(caller.next(Ended.class).end().cause()).isEqualTo(Cause.CANCELED);
            session.accept(Caller.OURS);
            session.hangUp(OptionalInt.empty());
            assertThat(caller.peer.hearsNo(h -> h.message().status() == 200, Duration.ofMillis(200)))
                    .isTrue();
        }
    }

    /** For about nine seconds jain-sip passes it over in silence; then its transaction has gone, and the INVITE comes to us as a new one. */
    @Test
    @Tag("slow")
    void theSameInviteLongAfterTheAnswerIsAnsweredInTheSameWay() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            caller.take().accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, ok));
            caller.next(Confirmed.class);
            Optional<Heard> again = Optional.empty();
            for (int i = 0; i < 15 && again.isEmpty(); i++) {
                caller.send(invite);
                Thread.sleep(1_000);
                again = caller.peer.heard().stream()
                        .filter(h -> h.message().status() == 200 && h.atNanos() > ok.atNanos())
                        .findFirst();
            }
            SipMessage repeated = again.orElseThrow().message();
            assertThat(repeated.toTag()).isEqualTo(ok.message().toTag());
            assertThat(repeated.body()).isEqualTo(Bench.ANSWER);
            assertThat(caller.invites).isEmpty();
            assertThat(caller.events).isEmpty();
        }
    }

    @Test
    void answersOverTcpTakeTheConnectionOfTheRequestWhateverItsViaSays() throws Exception {
        try (var caller = new Caller(Wire.TCP)) {
            SipMessage invite = caller.send(
                    caller.invite("call-1").replace("Via", "SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKnowhere"));
            caller.take().accept(Caller.OURS);
            caller.answerTo("INVITE", 200);
            Heard repeated = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, repeated));
            caller.next(Confirmed.class);
        }
    }

    /** As where one account of ours calls another one, and the proxy between keeps the Call-ID. */
    @Test
    void aCallOfOursThatIsLedBackToUsHasTwoEnds() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            var ours = new LinkedBlockingQueue<SessionEvent>();
            var request = new InviteRequest(
                    "looped",
                    new Account(SipUri.of("1000", "127.0.0.1"), Optional.empty(), Optional.empty()),
                    SipUri.of("account7", "127.0.0.1"),
                    new Hop(caller.peer.address(), TransportProtocol.UDP),
                    MessageBody.ofText(MessageBody.SDP, Bench.OFFER),
                    Map.of());
            InviteSession calling = caller.agent.invite(request, Runnable::run, ours::add);
            Heard invite = caller.peer.receive("INVITE", SOON);
            SipMessage ledBack = invite.message().toBuilder()
                    .first("Via", caller.peer.via(Wire.UDP, "proxied"))
                    .build();
            caller.send(ledBack);
            InviteSession called = caller.take();
            called.accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.peer.send(
                    ok.message().toBuilder()
                            .replace("Via", invite.message().header("Via").orElseThrow())
                            .build(),
                    invite);
            caller.next(Confirmed.class);
            called.hangUp(OptionalInt.empty());
            assertThat(caller.next(Ended.class).end().cause()).isEqualTo(Cause.LOCAL_BYE);
            assertThat(calling.callId()).isEqualTo("looped");
            assertThat(ours.poll(5, TimeUnit.SECONDS)).isInstanceOf(Invited.class);
            assertThat(ours.poll(5, TimeUnit.SECONDS)).isInstanceOf(Answered.class);
            assertThat(ours.poll(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Ended.class,
                            ended -> assertThat(ended.end().cause()).isEqualTo(Cause.REMOTE_BYE));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void whatComesAfterTheAckReachesTheDialog(Wire wire) throws Exception {
        try (var caller = new Caller(wire)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            InviteSession session = caller.take();
            session.accept(Caller.OURS);
            Heard ok = caller.answerTo("INVITE", 200);
            caller.send(caller.ack(invite, ok));
            caller.next(Confirmed.class);
            caller.send(caller.within(invite, ok, "UPDATE", 8));
            assertThat(caller.answerTo("UPDATE", 200).message().contact()).isPresent();
            SipMessage again =
                    caller.send(caller.within(invite, ok, "INVITE", 9).body("application/sdp", Bench.OFFER));
            caller.events.poll(500, TimeUnit.MILLISECONDS);
            session.refuse(488);
            Heard refusal = caller.answerTo("INVITE", 488);
            caller.send(caller.like(again, "ACK", refusal.message().header("To").orElseThrow()));
            caller.send(caller.within(invite, ok, "BYE", 10));
            caller.answerTo("BYE", 200);
            assertThat(caller.next(Ended.class).end().cause()).isEqualTo(Cause.REMOTE_BYE);
        }
    }
}
