package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.message.SipUri;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.Wire;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnedAwayOnTheWireTest {
    @Test
    void aRefusalIsRepeatedUntilItIsAcknowledgedAndTheNextTryIsAnotherCall() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            SipMessage invite = caller.send(caller.invite("call-1"));
            caller.announced().refuse(486, "");
            Heard busy = caller.answerTo("INVITE", 486);
            assertThat(busy.message().reason()).isEqualTo("Busy Here");
            caller.answerTo("INVITE", 486);
            caller.acknowledgeRefusal(invite, busy);
            assertThat(caller.peer.hearsNo(h -> h.message().status() == 486, Duration.ofMillis(1_500)))
                    .isTrue();

            caller.send(caller.invite("call-1")
                    .replace("CSeq", "8 INVITE")
                    .replace("Via", caller.peer.via(Wire.UDP, "second")));
            InviteSession session = caller.take();
            session.redirect(List.of(SipUri.of("3000", "127.0.0.1")));
            Heard moved = caller.answerTo("INVITE", 302);
            assertThat(moved.message().contact().orElseThrow().uri()).isEqualTo("sip:3000@127.0.0.1");
            assertThat(caller.next(Ended.class).end().cause()).isEqualTo(Cause.REJECTED_HERE);

            caller.send(caller.invite("call-1")
                    .replace("CSeq", "9 INVITE")
                    .replace("Via", caller.peer.via(Wire.UDP, "third")));
            caller.take();
        }
    }

    @Test
    void anInviteThatComesByTwoWaysIsMerged() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            caller.send(caller.invite("call-1"));
            InviteSession session = caller.take();
            caller.send(caller.invite("call-1").replace("Via", caller.peer.via(Wire.UDP, "other")));
            caller.answerTo("INVITE", 482);
            session.accept(Caller.OURS);
            caller.answerTo("INVITE", 200);
            caller.send(caller.invite("call-1").replace("Via", caller.peer.via(Wire.UDP, "yet-another")));
            caller.answerTo("INVITE", 482);
            assertThat(caller.invites).isEmpty();
        }
    }

    @Test
    @Tag("slow")
    void whoeverIsNotTakenInTimeAndWhoeverIsOneTooManyIsTurnedAway() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            for (int i = 0; i < Reception.MOST_UNDECIDED + 5; i++) {
                caller.send(caller.invite("call-" + i));
                if (i % 20 == 0) Thread.sleep(5);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(caller.answerTo("INVITE", 503).message().header("Retry-After"))
                        .isPresent();
            }
            assertThat(caller.invites).hasSize(Reception.MOST_UNDECIDED);
            var refused = new HashSet<String>();
            while (refused.size() < Reception.MOST_UNDECIDED) {
                refused.add(caller.peer
                        .receive(480, Duration.ofSeconds(8))
                        .message()
                        .callId());
            }
            caller.invites.clear();
            caller.send(caller.invite("later"));
            caller.take();
        }
    }

    @Test
    void aTooShortSessionIntervalIsRefusedAndTheNextTryIsAnnounced() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            caller.send(caller.invite("call-1").header("Supported", "timer").header("Session-Expires", "30"));
            Heard refusal = caller.answerTo("INVITE", 422);
            assertThat(refusal.message().header("Min-SE")).contains("90");
            assertThat(caller.invites).isEmpty();
            caller.send(caller.invite("call-1")
                    .header("Supported", "timer")
                    .header("Session-Expires", "90")
                    .replace("CSeq", "8 INVITE")
                    .replace("Via", caller.peer.via(Wire.UDP, "second")));
            caller.take().accept(Caller.OURS);
            assertThat(caller.answerTo("INVITE", 200).message().header("Session-Expires"))
                    .contains("90;refresher=uac");
        }
    }

    @Test
    void requestsOfNoDialogAreAnsweredAndForgotten() throws Exception {
        try (var caller = new Caller(Wire.UDP)) {
            SipMessage invite = caller.invite("stray").build();
            for (String method : List.of("CANCEL", "BYE", "PRACK", "INFO")) {
                caller.send(caller.like(invite, method, "<sip:us@127.0.0.1>"));
                assertThat(caller.answerTo(method, 481).message().toTag()).isNotEmpty();
            }
            for (String method : List.of("MESSAGE", "SUBSCRIBE", "REFER", "PUBLISH")) {
                caller.send(caller.like(invite, method, "<sip:us@127.0.0.1>").header("Event", "presence"));
                assertThat(caller.answerTo(method, 405).message().header("Allow"))
                        .isPresent();
            }
            caller.send(caller.invite("loop").replace("Max-Forwards", "0"));
            caller.answerTo("INVITE", 483);
            caller.send(caller.invite("odd").header("Require", "nothing"));
            assertThat(caller.answerTo("INVITE", 420).message().header("Unsupported"))
                    .contains("nothing");
            caller.send(caller.invite("text").body("text/plain", "hello"));
            assertThat(caller.answerTo("INVITE", 415).message().header("Accept"))
                    .contains("application/sdp");
            assertThat(caller.invites).isEmpty();
        }
    }
}
