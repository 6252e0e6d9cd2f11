package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.event.SessionEvent.Provisional;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteMachineTest {
    @Test
    void aPlainCallIsInvitedRungAnsweredAndHungUp() {
        var story = new Story();
        OutboundRequest invite = story.last();
        assertThat(invite.request().uri()).isEqualTo("sip:2000@example.com");
        assertThat(invite.request().headers().first("From"))
                .contains("\"A \\\"name\\\"\" <sip:1000@example.com>;tag=us");
        assertThat(invite.request().headers().first("X-Campaign")).contains("7");
        assertThat(invite.request().headers().first("CSeq")).contains("1 INVITE");

        story.wireTook(invite)
                .respond(invite, 100, "")
                .respond(invite, 180, "t")
                .respond(invite, 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
        assertThat(story.last().request().uri()).isEqualTo("sip:callee@192.0.2.1:5062");
        assertThat(story.last().hop().toString()).isEqualTo("udp:192.0.2.1:5062");
        story.event(new InviteEvent.HangUp(OptionalInt.of(16)));
        OutboundRequest bye = story.last("BYE");
        assertThat(bye.request().headers().first("CSeq")).contains("2 BYE");
        assertThat(bye.request().headers().first("Reason")).contains("Q.850;cause=16");
        assertThat(story.ends()).isEmpty();
        story.respond(bye, 200, "t");

        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Provisional.class, Answered.class, Ended.class);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
        assertThat(story.end().by()).isEqualTo(EndedBy.LOCAL);
        assertThat(story.end().answered()).isTrue();
    }

    @Test
    void anAnswerThatOvertakesTheWordThatTheInviteWasSentStillComesAfterInvited() {
        var story = new Story();
        story.respond(story.last(), 180, "t").wireTook(story.sent.getFirst());
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Provisional.class);
    }

    @Test
    void theDialogFollowsItsRouteSetInReverse() {
        var story = new Story();
        story.respond(
                story.last(),
                200,
                "t",
                "Record-Route",
                "<sip:192.0.2.20;lr>",
                "Record-Route",
                "<sip:192.0.2.10:5080;lr>",
                "Contact",
                "<sip:callee@10.1.1.1>");
        assertThat(story.last().request().headers().all("Route"))
                .containsExactly("<sip:192.0.2.10:5080;lr>", "<sip:192.0.2.20;lr>");
        assertThat(story.last().request().uri()).isEqualTo("sip:callee@10.1.1.1");
        assertThat(story.last().hop().toString()).isEqualTo("udp:192.0.2.10:5080");
    }

    @Test
    void aStrictRouterGetsItsOwnUriAsRequestUriAndTheRemoteTargetAsLastRoute() {
        var story = new Story();
        story.respond(
                story.last(),
                200,
                "t",
                "Record-Route",
                "<sip:192.0.2.20;lr>",
                "Record-Route",
                "<sip:a;lr@192.0.2.10:5080;method=INVITE;foo=1?Subject=x>",
                "Contact",
                "<sip:callee@10.1.1.1>");
        story.hangUp();
        for (String method : new String[] {"ACK", "BYE"}) {
            OutboundRequest request = story.last(method);
            assertThat(request.request().uri()).isEqualTo("sip:a;lr@192.0.2.10:5080;foo=1");
            assertThat(request.request().headers().all("Route"))
                    .containsExactly("<sip:192.0.2.20;lr>", "<sip:callee@10.1.1.1>");
            assertThat(request.hop().address().getPort()).isEqualTo(5080);
        }
        story.challenge(story.last("BYE"), 407, "n");
        assertThat(story.last().request().headers().first("Proxy-Authorization").orElseThrow())
                .contains("uri=\"sip:a;lr@192.0.2.10:5080;foo=1\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void aChallengedInviteGoesAgainInTheSameCallWithTheNextNumber(int status) {
        var story = new Story();
        OutboundRequest first = story.last();
        story.wireTook(first).challenge(first, status, "n1");
        OutboundRequest second = story.last();
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.request().callId()).isEqualTo(first.request().callId());
        assertThat(second.request().headers().first("CSeq")).contains("2 INVITE");
        String header = status == 401 ? "Authorization" : "Proxy-Authorization";
        assertThat(second.request().headers().first(header)).isPresent();

        story.wireTook(second).respond(first, 180, "late").respond(second, 200, "t");
        assertThat(story.last("ACK").request().headers().first("CSeq")).contains("2 ACK");
        assertThat(story.last("ACK").request().headers().first(header))
                .isEqualTo(second.request().headers().first(header));
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
    }

    @Test
    void aStaleNonceIsReplacedWithoutAskingAndASecondRefusalIsFinal() {
        var story = new Story();
        story.challenge(story.last(), 407, "n1");
        story.respond(
                story.last(),
                407,
                "p",
                "Proxy-Authenticate",
                "Digest realm=\"r\", nonce=\"n2\", stale=true, qop=\"auth\"");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE", "INVITE");
        story.challenge(story.last(), 407, "n3");
        assertThat(story.methods()).hasSize(3);
        assertThat(story.end().cause()).isEqualTo(Cause.AUTHENTICATION);
        assertThat(story.end().sipStatus()).hasValue(407);
    }

    @Test
    void withoutCredentialsAChallengeEndsTheCallAndSaysWhy() {
        var story = new Story(Optional.empty());
        story.challenge(story.last(), 407, "n1");
        assertThat(story.end().cause()).isEqualTo(Cause.AUTHENTICATION);
        assertThat(story.end().reason()).contains("none are configured");
    }

    @Test
    void theCancelIsHeldUntilAProvisionalResponse() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.wireTook(invite).hangUp().hangUp();
        assertThat(story.methods()).containsExactly("INVITE");
        story.respond(invite, 100, "");
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL");
        OutboundRequest cancel = story.last();
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.hop()).isEqualTo(invite.hop());
        assertThat(cancel.request().uri()).isEqualTo(invite.request().uri());
        assertThat(cancel.request().headers().first("CSeq")).contains("1 CANCEL");
        story.respond(cancel, 200, "t").respond(invite, 487, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
        assertThat(story.end().sipStatus()).hasValue(487);
    }

    @Test
    void a200ThatCrossesTheCancelIsAcknowledgedAndEnded() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.wireTook(invite).respond(invite, 180, "t").hangUp().respond(invite, 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
        story.respond(invite, 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE", "ACK");
        story.respond(story.last("BYE"), 200, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.ANSWERED_TOO_LATE);
        assertThat(story.told).noneMatch(Answered.class::isInstance);
    }

    @Test
    void a200ThatComesWhileTheCancelIsHeldIsAcknowledgedAndEnded() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.wireTook(invite).hangUp().respond(invite, 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "BYE");
        story.respond(story.last("BYE"), 200, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.ANSWERED_TOO_LATE);
    }

    @Test
    void aChallengeThatCrossesTheHangUpIsNotAnswered() {
        var story = new Story();
        story.wireTook(story.last()).hangUp().challenge(story.last(), 407, "n");
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void withoutAFinalResponseTheCancelEndsTheCallAfter32Seconds() {
        var story = new Story();
        story.respond(story.last(), 180, "t").hangUp().passSeconds(31);
        assertThat(story.ends()).isEmpty();
        story.passSeconds(2);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void a200AfterACanceledCallWasOverIsStillAcknowledgedAndEnded() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.respond(invite, 180, "t").hangUp().passSeconds(33);
        story.respond(invite, 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
        story.respond(story.last("BYE"), 200, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void aRepeated200GetsTheSameAckEachTimeAndTheUserHearsOneAnswer() {
        var story = new Story().answered();
        OutboundRequest invite = story.sent.getFirst();
        OutboundRequest ack = story.last();
        for (int i = 0; i < 10; i++) story.respond(invite, 200, "t");
        assertThat(story.sent).hasSize(12);
        assertThat(story.sent.subList(1, 12)).containsOnly(ack);
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
    }

    @Test
    void theLosersOfAForkAreAcknowledgedAndEndedAndTheWinnerGoesOn() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.respond(invite, 180, "a")
                .respond(invite, 180, "b")
                .respond(invite, 200, "a")
                .respond(invite, 200, "b");
        OutboundRequest loserBye = story.last("BYE");
        assertThat(loserBye.request().toTag()).isEqualTo("b");
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "ACK", "BYE");
        story.respond(invite, 200, "b");
        assertThat(story.methods()).endsWith("BYE", "ACK");
        story.challenge(loserBye, 407, "n");
        story.respond(story.last("BYE"), 200, "b").request("BYE", "b");
        assertThat(story.ends()).isEmpty();
        story.request("BYE", "a");
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
    }

    @Test
    void moreLegsThanAnyForkHasAreLeftAlone() {
        var story = new Story();
        for (int i = 0; i < 1_000; i++) story.respond(story.sent.getFirst(), 200, "t" + i);
        assertThat(story.methods()).filteredOn("ACK"::equals).hasSize(32);
        assertThat(story.methods()).filteredOn("BYE"::equals).hasSize(31);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void a200ThatIsRepeatedAfterTheSessionWasChangedStillGetsTheAckOfItsOwnInvite() {
        var story = new Story().answered();
        OutboundRequest invite = story.sent.getFirst();
        OutboundRequest ack = story.last("ACK");
        story.event(new InviteEvent.Within(new DialogEvent.OfferAgain(Story.ANSWER)));
        OutboundRequest again = story.last("INVITE");
        assertThat(again.request().toTag()).isEqualTo("t");
        story.respond(again, 200, "t");
        OutboundRequest ackAgain = story.last("ACK");
        assertThat(ackAgain.request().headers().first("CSeq")).contains("2 ACK");
        story.respond(invite, 200, "t");
        assertThat(story.last()).isEqualTo(ack);
        story.respond(again, 200, "t");
        assertThat(story.last()).isEqualTo(ackAgain);
    }

    @Test
    void aSessionTimerThatTheAnswerSettlesIsKept() {
        var story = new Story();
        story.wireTook(story.last()).respond(story.last(), 200, "t", "Session-Expires", "90;refresher=uac");
        story.passSeconds(44);
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
        story.passSeconds(2);
        assertThat(story.last().request().headers().first("Session-Expires").orElseThrow())
                .startsWith("90");
        assertThat(story.last().request().toTag()).isEqualTo("t");

        var theirs = new Story();
        theirs.wireTook(theirs.last()).respond(theirs.last(), 200, "t", "Session-Expires", "90;refresher=uas");
        theirs.passSeconds(100);
        assertThat(theirs.methods()).containsExactly("INVITE", "ACK", "BYE");
        theirs.respond(theirs.last("BYE"), 200, "t");
        assertThat(theirs.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aChallengedByeGoesAgainWithCredentials() {
        var story = new Story().answered().hangUp();
        OutboundRequest first = story.last("BYE");
        story.challenge(first, 401, "n1");
        OutboundRequest second = story.last("BYE");
        assertThat(second.request().headers().first("CSeq")).contains("3 BYE");
        assertThat(second.request().headers().first("Authorization")).isPresent();
        assertThat(story.ends()).isEmpty();
        story.challenge(second, 401, "n2");
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void theNonceOfTheInviteServesTheBye() {
        var story = new Story();
        story.challenge(story.last(), 407, "n1").respond(story.last(), 200, "t").hangUp();
        assertThat(story.last("BYE")
                        .request()
                        .headers()
                        .first("Proxy-Authorization")
                        .orElseThrow())
                .contains("nc=00000002");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 408, 481, 500})
    void anyFinalResponseToOurByeEndsTheSession(int status) {
        var story = new Story().answered().hangUp();
        story.respond(story.last("BYE"), status, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aByeWithoutAnyResponseEndsByTheTransportsTimerOrOurOwn() {
        var story = new Story().answered().hangUp();
        story.event(new InviteEvent.TimedOut(story.last("BYE").transaction()));
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);

        var deaf = new Story().answered().hangUp().passSeconds(32);
        assertThat(deaf.ends()).isEmpty();
        deaf.passSeconds(2);
        assertThat(deaf.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void byesThatCrossBothGetTheirAnswerAndEndTheSessionOnce() {
        var story = new Story().answered().hangUp().request("BYE", "t");
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(200);
        story.respond(story.last("BYE"), 481, "t").request("BYE", "t");
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(200, 200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aByeOfTheFarEndIsAnsweredAndItsCauseRead() {
        var story = new Story().answered().request("BYE", "t", "Reason", "Q.850;cause=31");
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(200);
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);
        assertThat(story.end().q850()).hasValue(31);
        story.hangUp();
        assertThat(story.methods()).doesNotContain("BYE");
    }

    @Test
    void aByeOfAStrangerIsRefused() {
        var story = new Story().answered().request("BYE", "somebody");
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(481);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void noResponseAtAllEndsTheCallByTheTransportsTimerOrOurOwn() {
        var story = new Story();
        story.wireTook(story.last()).event(new InviteEvent.TimedOut(story.last().transaction()));
        assertThat(story.end().cause()).isEqualTo(Cause.NO_RESPONSE);

        var deaf = new Story();
        deaf.passSeconds(20).wireTook(deaf.last()).passSeconds(32);
        assertThat(deaf.ends()).isEmpty();
        deaf.passSeconds(2);
        assertThat(deaf.end().cause()).isEqualTo(Cause.NO_RESPONSE);
    }

    @Test
    void anInviteThatWaitsTooLongToBeSentIsTakenBackAndNobodyWasInvited() {
        var story = new Story().passSeconds(31);
        assertThat(story.withdrawn).isEmpty();
        story.passSeconds(2);
        assertThat(story.withdrawn).containsExactly(story.last().transaction());
        assertThat(story.ends()).isEmpty();
        story.takenBack();
        assertThat(story.told).hasExactlyElementsOfTypes(Ended.class);
        assertThat(story.end().cause()).isEqualTo(Cause.TRANSPORT);
    }

    @Test
    void anInviteThatLeftJustBeforeItWouldHaveBeenTakenBackIsACallLikeAnyOther() {
        var story = new Story().passSeconds(33);
        story.wireTook(story.last()).respond(story.last(), 200, "t");
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
    }

    @Test
    void hangingUpBeforeTheInviteLeftTakesItBackAndEndsTheCallAtOnce() {
        var story = new Story().hangUp();
        assertThat(story.withdrawn).containsExactly(story.last().transaction());
        story.takenBack();
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.told).hasExactlyElementsOfTypes(Ended.class);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void hangingUpAfterTheInviteLeftTakesNothingBack() {
        var story = new Story();
        story.wireTook(story.last()).hangUp();
        assertThat(story.withdrawn).isEmpty();

        var crossed = new Story().hangUp();
        crossed.wireTook(crossed.last()).respond(crossed.last(), 180, "t");
        assertThat(crossed.methods()).containsExactly("INVITE", "CANCEL");
    }

    @Test
    void hangingUpWhileTheInviteWithCredentialsWaitsTakesThatBack() {
        var story = new Story();
        story.wireTook(story.last()).challenge(story.last(), 401, "n").hangUp();
        assertThat(story.withdrawn).containsExactly(story.last().transaction());
        story.takenBack();
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void anInviteThatCannotBeSentEndsTheCallAndWasNeverInvited() {
        var story = new Story();
        story.event(new InviteEvent.Failed(story.last().transaction(), "cannot send to tcp:192.0.2.1:5060: refused"));
        assertThat(story.told).hasExactlyElementsOfTypes(Ended.class);
        assertThat(story.end().cause()).isEqualTo(Cause.TRANSPORT);
        assertThat(story.end().reason()).isEqualTo("cannot send to tcp:192.0.2.1:5060: refused");
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "404", "480", "486", "487", "503", "600", "603"})
    void aRefusalEndsTheCallWithItsStatusAndIsNotFollowed(int status) {
        var story = new Story();
        story.wireTook(story.last());
        story.respond(story.last(), status, "t", "Contact", "<sip:+1900@192.0.2.66>", "Reason", "Q.850;cause=17");
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED);
        assertThat(story.end().sipStatus()).hasValue(status);
        assertThat(story.end().q850()).hasValue(17);
        assertThat(story.end().reason()).isEqualTo("Reason " + status);
    }

    @Test
    void requestsWithinTheSessionAreItsDialogsAndThoseOfStrangersAreRefused() {
        var story = new Story().answered();
        story.request("OPTIONS", "t")
                .request("FROBNICATE", "t")
                .request("OPTIONS", "t", "Require", "foo")
                .request("OPTIONS", "stranger")
                .request("ACK", "stranger");
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(200, 501, 420, 481);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void aSessionIsForgottenOnlyWhenNothingCanComeAnyMore() {
        var story = new Story();
        story.respond(story.last(), 486, "t").passSeconds(32);
        assertThat(story.forgotten).isFalse();
        story.passSeconds(2);
        assertThat(story.forgotten).isTrue();
    }

    @Test
    void wakingLateOrTwiceDoesNoHarm() {
        var story = new Story().answered();
        story.event(new InviteEvent.Woken()).event(new InviteEvent.Woken()).passSeconds(1000);
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
        assertThat(story.forgotten).isFalse();
    }
}
