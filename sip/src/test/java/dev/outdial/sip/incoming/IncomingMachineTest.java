package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingStory.BRANCH;
import static dev.outdial.sip.incoming.IncomingStory.INVITE_KEY;
import static dev.outdial.sip.incoming.IncomingStory.OFFER;
import static dev.outdial.sip.incoming.IncomingStory.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent.Confirmed;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingMachineTest {
    @Test
    void aCallIsRungAnsweredConfirmedAndEndedByTheCaller() {
        var story = IncomingStory.invited();
        story.ring(180).accept();
        assertThat(story.statuses()).containsExactly(100, 180, 200);
        assertThat(story.latest().toTag()).contains("us");
        assertThat(story.latest().body()).contains(OURS);
        assertThat(story.latest().headers().first("Contact")).contains("<sip:us@192.0.2.9:40000>");
        assertThat(story.latest().headers().first("Allow").orElseThrow()).contains("PRACK");
        assertThat(story.latest().headers().first("Supported").orElseThrow()).contains("100rel", "timer");

        story.ack();
        long bye = story.within("BYE", 8, "Reason", "Q.850;cause=16");
        assertThat(story.statuses(bye)).containsExactly(200);
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class, Ended.class);
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
        assertThat(story.end().q850()).hasValue(16);
        assertThat(story.end().answered()).isTrue();
        assertThat(story.released).contains(INVITE_KEY, bye);
    }

    @Test
    void anAnsweredCallIsHungUpByUsAlongTheRouteOfTheInvite() {
        var story = IncomingStory.invited(
                "Record-Route", "<sip:192.0.2.10:5080;lr>", "Record-Route", "<sip:192.0.2.20;lr>");
        story.accept().ack().hangUp();
        OutboundRequest bye = story.sent.getFirst();
        assertThat(bye.request().method()).isEqualTo("BYE");
        assertThat(bye.request().uri()).isEqualTo("sip:2000@192.0.2.1:5062");
        assertThat(bye.request().headers().all("Route"))
                .containsExactly("<sip:192.0.2.10:5080;lr>", "<sip:192.0.2.20;lr>");
        assertThat(bye.request().headers().first("From")).contains("<sip:us@example.com>;tag=us");
        assertThat(bye.request().headers().first("To")).contains("<sip:2000@example.com>;tag=caller");
        story.respond(bye, 200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void theAnswerIsRepeatedFromT1ToT2UntilTheAck() {
        var story = IncomingStory.invited();
        story.accept().passMillis(16_000);
        assertThat(story.timesOf(200)).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L);
        story.ack().ack().passSeconds(60);
        assertThat(story.timesOf(200)).hasSize(7);
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class);
    }

    @Test
    void anAnswerThatIsNeverAcknowledgedEndsInBye() {
        var story = IncomingStory.invited();
        story.accept().passSeconds(33);
        assertThat(story.methods()).containsExactly("BYE");
        assertThat(story.ends()).isEmpty();
        story.respond(story.sent.getFirst(), 481);
        assertThat(story.end().cause()).isEqualTo(Cause.NOT_ACKNOWLEDGED);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);
        story.passSeconds(40);
        assertThat(story.forgotten).isTrue();
    }

    @Test
    void whoHangsUpAfterTheAnswerWaitsForTheAckBeforeTheBye() {
        var story = IncomingStory.invited();
        story.accept().event(new IncomingEvent.HangUp(OptionalInt.of(16))).passSeconds(2);
        assertThat(story.sent).isEmpty();
        story.ack();
        assertThat(story.methods()).containsExactly("BYE");
        assertThat(story.sent.getFirst().request().headers().first("Reason")).contains("Q.850;cause=16");
        story.respond(story.sent.getFirst(), 200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void whoHangsUpAfterTheAnswerSaysByeAlsoWhereNoAckEverComes() {
        var story = IncomingStory.invited();
        story.accept().hangUp().passSeconds(33);
        assertThat(story.methods()).containsExactly("BYE");
        story.passSeconds(40);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void whereTheCallerOffersNothingOurOfferIsAnsweredByTheAck() {
        var story = IncomingStory.invitedWithoutOffer();
        story.accept();
        assertThat(story.latest().body()).contains(OURS);
        story.ack(Optional.of(OFFER));
        assertThat(story.told).containsExactly(new Confirmed(Optional.of(OFFER)));
    }

    @Test
    void anAckThatLeavesOurOfferUnansweredEndsTheCall() {
        var story = IncomingStory.invitedWithoutOffer();
        story.accept().ack();
        assertThat(story.methods()).containsExactly("BYE");
        story.respond(story.sent.getFirst(), 200);
        assertThat(story.end().cause()).isEqualTo(Cause.NOT_ACKNOWLEDGED);
        assertThat(story.end().reason()).contains("no answer to our offer");
        assertThat(story.told).hasExactlyElementsOfTypes(Ended.class);
    }

    @Test
    void aBodyInAnAckThatAnswersNothingIsPassedOver() {
        var story = IncomingStory.invited();
        story.accept().ack(Optional.of(OFFER));
        assertThat(story.told).containsExactly(new Confirmed(Optional.empty()));
    }

    @Test
    void aCanceledCallIsAnsweredTwiceAndEndsOnce() {
        var story = IncomingStory.invited();
        long cancel = story.ring(180).cancel("Reason", "Q.850;cause=16");
        assertThat(story.statuses(cancel)).containsExactly(200);
        assertThat(story.statuses()).containsExactly(100, 180, 487);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);
        assertThat(story.end().q850()).hasValue(16);
        story.accept().ring(183).hangUp();
        assertThat(story.statuses()).hasSize(3);
        story.passSeconds(40);
        assertThat(story.forgotten).isTrue();
    }

    @Test
    void aCallThatAnotherPhoneAnsweredSaysSo() {
        var story = IncomingStory.invited();
        story.cancel("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(story.end().q850()).hasValue(26);
    }

    @Test
    void aCancelThatCrossesOurAnswerChangesNothing() {
        var story = IncomingStory.invited();
        long cancel = story.accept().cancel();
        assertThat(story.statuses(cancel)).containsExactly(200);
        story.ack();
        assertThat(story.statuses()).containsExactly(100, 200);
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class);
    }

    @Test
    void aCancelOfSomethingElseIsNotOurs() {
        var story = IncomingStory.invited();
        long other = story.requested("CANCEL", 7, "<sip:us@example.com>", "z9hG4bKother", Optional.empty());
        assertThat(story.statuses(other)).containsExactly(481);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void aByeBeforeTheAnswerEndsTheCallAsACancelDoes() {
        var story = IncomingStory.invited();
        story.ring(180);
        long bye = story.within("BYE", 8);
        assertThat(story.statuses(bye)).containsExactly(200);
        assertThat(story.statuses()).containsExactly(100, 180, 487);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void aByeBeforeTheAckEndsTheCall() {
        var story = IncomingStory.invited();
        story.accept();
        long bye = story.within("BYE", 8);
        assertThat(story.statuses(bye)).containsExactly(200);
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
        story.passSeconds(60);
        assertThat(story.statuses()).containsExactly(100, 200);
        assertThat(story.released).contains(INVITE_KEY);
    }

    @ParameterizedTest
    @CsvSource({"486, '', Busy Here", "603, '', Decline", "404, Nobody here, Nobody here"})
    void aCallIsRefusedWithAnyCode(int status, String reason, String shown) {
        var story = IncomingStory.invited();
        story.event(new IncomingEvent.Reject(status, reason, List.of(new Header("Retry-After", "9"))));
        assertThat(story.latest().status()).isEqualTo(status);
        assertThat(story.latest().reason()).isEqualTo(shown);
        assertThat(story.latest().headers().first("Retry-After")).contains("9");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED_HERE);
        assertThat(story.end().by()).isEqualTo(EndedBy.LOCAL);
        assertThat(story.end().sipStatus()).hasValue(status);
        assertThat(story.end().answered()).isFalse();
    }

    @Test
    void aCallIsHungUpBeforeTheAnswerWith480AndRefusedWithAStatus() {
        assertThat(IncomingStory.invited().hangUp().latest().status()).isEqualTo(480);
        var story = IncomingStory.invited();
        story.event(new IncomingEvent.Refuse(606));
        assertThat(story.latest().status()).isEqualTo(606);
        assertThat(story.end().sipStatus()).hasValue(606);
    }

    @Test
    void aCallIsSentElsewhere() {
        var story = IncomingStory.invited();
        story.event(new IncomingEvent.Redirect(
                List.of(SipUri.of("3000", "example.com"), SipUri.parse("sip:4000@example.net;transport=tcp"))));
        assertThat(story.latest().status()).isEqualTo(302);
        assertThat(story.latest().headers().first("Contact"))
                .contains("<sip:3000@example.com>, <sip:4000@example.net;transport=tcp>");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED_HERE);
    }

    @Test
    void theSameInviteAgainHearsTheSameAnswerAgain() {
        var story = IncomingStory.invited();
        assertThat(story.statuses(story.inviteAgain(BRANCH, 7))).containsExactly(100);
        story.ring(180);
        assertThat(story.statuses(story.inviteAgain(BRANCH, 7))).containsExactly(180);
        story.accept();
        long again = story.inviteAgain(BRANCH, 7);
        assertThat(story.answerTo(again)).isEqualTo(story.latest());
        story.ack();
        assertThat(story.statuses(story.inviteAgain(BRANCH, 7))).containsExactly(200);
        assertThat(story.statuses()).containsExactly(100, 180, 200);

        var refused = IncomingStory.invited();
        refused.hangUp();
        assertThat(refused.statuses(refused.inviteAgain(BRANCH, 7))).containsExactly(480);
    }

    @Test
    void anInviteThatComesByAnotherWayAsWellIsMerged() {
        var story = IncomingStory.invited();
        assertThat(story.statuses(story.inviteAgain("z9hG4bKother", 7))).containsExactly(482);
        assertThat(story.statuses(story.inviteAgain("z9hG4bKother", 8))).containsExactly(482);
        story.accept();
        assertThat(story.statuses(story.inviteAgain("z9hG4bKother", 7))).containsExactly(482);
        story.ack();
        assertThat(story.statuses(story.inviteAgain("z9hG4bKother", 7))).containsExactly(482);
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class);
    }

    @Test
    void nobodyIsCalledForLongerThanThreeMinutes() {
        var story = IncomingStory.invited();
        story.ring(180).passSeconds(179);
        assertThat(story.timesOf(180)).containsExactly(0L, 60_000L, 120_000L);
        story.passSeconds(2);
        assertThat(story.latest().status()).isEqualTo(480);
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED_HERE);
    }

    @Test
    void theCallerMaySayHowLongItWaits() {
        var story = IncomingStory.invited("Expires", "20");
        story.passSeconds(19);
        assertThat(story.ends()).isEmpty();
        story.passSeconds(2);
        assertThat(story.latest().status()).isEqualTo(487);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);

        var answered = IncomingStory.invited("Expires", "20");
        answered.accept().ack().passSeconds(60);
        assertThat(answered.ends()).isEmpty();
    }

    @Test
    void aSessionIntervalIsAgreedOn() {
        var story = IncomingStory.invited("Supported", "timer", "Session-Expires", "1200");
        story.accept();
        assertThat(story.latest().headers().first("Session-Expires")).contains("1200;refresher=uac");
        assertThat(story.latest().headers().first("Require")).contains("timer");
        var forced = IncomingStory.invited("Session-Expires", "1200");
        forced.accept();
        assertThat(forced.latest().headers().first("Session-Expires")).contains("1200;refresher=uas");
    }

    @Test
    void whatOnlyAnAnsweredCallCanDoIsRefusedBefore() {
        var story = IncomingStory.invited();
        story.event(new IncomingEvent.Within(new DialogEvent.OfferAgain(OURS)));
        assertThat(story.told)
                .containsExactly(
                        new OfferClosed(Optional.empty(), OptionalInt.of(491), "the call is not answered yet"));
        story.event(new IncomingEvent.Within(new DialogEvent.Refer("sip:x@y", Optional.empty())));
        assertThat(story.told).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"INVITE, 500", "OPTIONS, 200", "MESSAGE, 405", "FOO, 501", "PRACK, 481", "INFO, 200"})
    void requestsWithinAnEarlyDialogAreAnswered(String method, int status) {
        var story = IncomingStory.invited();
        story.ring(180);
        assertThat(story.statuses(story.within(method, 8))).containsExactly(status);
    }

    @Test
    void strangeRequestsWithTheCallIdAreNotOurs() {
        var story = IncomingStory.invited();
        for (String method : List.of("BYE", "INVITE", "INFO", "PRACK", "UPDATE")) {
            long key =
                    story.requested(method, 9, "<sip:us@example.com>;tag=other", "z9hG4bKx" + method, Optional.empty());
            assertThat(story.statuses(key)).as(method).containsExactly(481);
        }
        story.accept();
        long bye = story.requested("BYE", 9, "<sip:us@example.com>;tag=other", "z9hG4bKx", Optional.empty());
        assertThat(story.statuses(bye)).containsExactly(481);
        story.requested("ACK", 7, "<sip:us@example.com>;tag=other", "z9hG4bKx", Optional.empty());
        assertThat(story.told).isEmpty();
    }

    @Test
    void requestsOutOfOrderAndUnknownDemandsAreRefused() {
        var story = IncomingStory.invited();
        story.ring(180);
        assertThat(story.statuses(story.within("OPTIONS", 6))).containsExactly(500);
        long demanding = story.within("OPTIONS", 8, "Require", "fancy, 100rel");
        SipAnswer refusal = story.answerTo(demanding);
        assertThat(refusal.status()).isEqualTo(420);
        assertThat(refusal.headers().first("Unsupported")).contains("fancy");
    }

    @Test
    void whatOvertakesTheAckIsToComeAgain() {
        var story = IncomingStory.invited();
        story.accept();
        assertThat(story.statuses(story.within("INVITE", 8, Optional.of(OFFER))))
                .containsExactly(491);
        assertThat(story.statuses(story.within("UPDATE", 9, Optional.of(OFFER))))
                .containsExactly(491);
        story.ack();
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class);
    }
}
