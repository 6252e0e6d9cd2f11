package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.event.SessionEvent.OfferWithdrawn;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.event.SessionEvent.Provisional;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Early dialogs: forks, reliable provisional responses (RFC 3262) and UPDATE (RFC 3311). */
class EarlyDialogTest {
    private static final MessageBody EARLY = MessageBody.ofText(MessageBody.SDP, "v=0 early");
    private static final MessageBody CHANGED = MessageBody.ofText(MessageBody.SDP, "v=0 changed");

    @Test
    void theInviteOffersReliableProvisionalResponsesAndRequiresThemOnlyWhenAsked() {
        var usual = new Story().last().request().headers();
        assertThat(String.join(", ", usual.all("Supported"))).isEqualTo("100rel, timer, replaces");
        assertThat(usual.first("Require")).isEmpty();
        var strict = new Story(InviteOptions.USUAL.requiringReliable())
                .last()
                .request()
                .headers();
        assertThat(strict.first("Require")).contains("100rel");
    }

    @Test
    void eachLegTellsItsOwnDescriptionAndAChangedOneAgain() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.provisional(invite, 183, "a", Optional.of(EARLY))
                .provisional(invite, 183, "b", Optional.of(CHANGED))
                .provisional(invite, 183, "a", Optional.of(CHANGED));
        assertThat(story.provisionals()).extracting(Provisional::leg).containsExactly("a", "b", "a");
        assertThat(story.provisionals())
                .extracting(p -> p.body().orElseThrow())
                .containsExactly(EARLY, CHANGED, CHANGED);
        assertThat(story.methods()).containsExactly("INVITE");
    }

    @Test
    void aReliableResponseIsAcknowledgedByAPrackWithinItsEarlyDialog() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.wireTook(invite)
                .provisional(
                        invite,
                        183,
                        "t",
                        Optional.of(EARLY),
                        "Require",
                        "100rel",
                        "RSeq",
                        "776656",
                        "Contact",
                        "<sip:callee@192.0.2.7:5070>",
                        "Record-Route",
                        "<sip:192.0.2.20;lr>",
                        "Record-Route",
                        "<sip:192.0.2.10:5080;lr>");
        OutboundRequest prack = story.last("PRACK");
        assertThat(prack.request().uri()).isEqualTo("sip:callee@192.0.2.7:5070");
        assertThat(prack.request().toTag()).isEqualTo("t");
        assertThat(prack.request().headers().first("RAck")).contains("776656 1 INVITE");
        assertThat(prack.request().headers().first("CSeq")).contains("2 PRACK");
        assertThat(prack.request().headers().all("Route"))
                .containsExactly("<sip:192.0.2.10:5080;lr>", "<sip:192.0.2.20;lr>");
        assertThat(prack.hop().toString()).isEqualTo("udp:192.0.2.10:5080");
        story.respond(prack, 200, "t").respond(invite, 200, "t").hangUp();
        // The dialog counts on.
        assertThat(story.last("BYE").request().headers().first("CSeq")).contains("3 BYE");
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Provisional.class, Answered.class);
    }

    @Test
    void reliableResponsesAreTakenInOrderOnceEachAndForEachLegByItself() {
        var story = new Story();
        OutboundRequest invite = story.last();
        for (String numbered : List.of("a 10", "a 10", "a 12", "b 5", "a 11", "a 10", "a 12", "b 6", "b 8")) {
            String[] parts = numbered.split(" ", -1);
            story.provisional(invite, 183, parts[0], Optional.empty(), "Require", "100rel", "RSeq", parts[1]);
        }
        assertThat(story.sent.stream()
                        .filter(r -> r.request().method().equals("PRACK"))
                        .map(r -> r.request().toTag() + " "
                                + r.request().headers().first("RAck").orElseThrow()
                                + " "
                                + r.request().headers().first("CSeq").orElseThrow()))
                .containsExactly(
                        "a 10 1 INVITE 2 PRACK",
                        "b 5 1 INVITE 2 PRACK",
                        "a 11 1 INVITE 3 PRACK",
                        "a 12 1 INVITE 4 PRACK",
                        "b 6 1 INVITE 3 PRACK");
        assertThat(story.provisionals()).hasSize(5);
    }

    @Test
    void aReliableResponseWithoutANumberIsLikeAnyOther() {
        var story = new Story();
        story.provisional(story.last(), 183, "t", Optional.of(EARLY), "Require", "100rel")
                .provisional(story.last(), 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "many")
                .provisional(story.last(), 183, "t", Optional.of(EARLY), "RSeq", "1");
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.provisionals()).hasSize(3);
    }

    @Test
    void aChallengedPrackGoesAgainWithCredentialsTwiceAtMost() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.provisional(invite, 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "1");
        story.challenge(story.last("PRACK"), 407, "n1");
        OutboundRequest again = story.last("PRACK");
        assertThat(again.request().headers().first("CSeq")).contains("3 PRACK");
        assertThat(again.request().headers().first("RAck")).contains("1 1 INVITE");
        assertThat(again.request().headers().first("Proxy-Authorization")).isPresent();
        story.challenge(again, 407, "n2").challenge(again, 407, "n3");
        assertThat(story.methods()).containsExactly("INVITE", "PRACK", "PRACK");
        story.respond(invite, 200, "t");
        assertThat(story.told.getLast()).isInstanceOf(Answered.class);
    }

    @Test
    void aReliableResponseIsAcknowledgedEvenWhileTheCallIsBeingCanceled() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.wireTook(invite)
                .hangUp()
                .provisional(invite, 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "1")
                .provisional(invite, 180, "t", Optional.empty(), "Require", "100rel", "RSeq", "2");
        assertThat(story.methods()).containsExactly("INVITE", "PRACK", "CANCEL", "PRACK");
        story.respond(invite, 487, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
        assertThat(story.provisionals()).isEmpty();
    }

    @Test
    void the200MayComeBeforeTheAnswerToThePrackWhoseChallengeIsThenOld() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.provisional(invite, 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "1")
                .respond(invite, 200, "t")
                .challenge(story.last("PRACK"), 407, "n");
        assertThat(story.methods()).containsExactly("INVITE", "PRACK", "ACK");
        assertThat(story.told.getLast()).isInstanceOf(Answered.class);
    }

    @Test
    void aPrackThatFindsNoAnswerOrCannotBeSentDoesNotEndTheCall() {
        var story = new Story();
        OutboundRequest invite = story.last();
        story.provisional(invite, 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "1");
        story.event(new InviteEvent.TimedOut(story.last("PRACK").transaction()));
        story.event(new InviteEvent.Failed(story.last("PRACK").transaction(), "x"));
        assertThat(story.ends()).isEmpty();
        story.respond(invite, 200, "t");
        assertThat(story.told.getLast()).isInstanceOf(Answered.class);
    }

    @Test
    void anUpdateWithoutADescriptionRefreshesTheTargetAndIsAnswered200() {
        var story = reliablyDescribed();
        story.request(21, "UPDATE", "t", Optional.empty(), "Contact", "<sip:callee@192.0.2.77>");
        assertThat(story.statuses()).containsExactly(200);
        assertThat(story.answers.getLast().headers().first("Contact")).contains("<sip:1000@192.0.2.9:40000>");
        story.provisional(story.last("INVITE"), 180, "t", Optional.empty(), "Require", "100rel", "RSeq", "2");
        assertThat(story.last("PRACK").request().uri()).isEqualTo("sip:callee@192.0.2.77");
    }

    @Test
    void anUpdateWithAnOfferIsToldAndAnsweredByTheUser() {
        var story = reliablyDescribed();
        story.request(21, "UPDATE", "t", Optional.of(CHANGED));
        assertThat(story.told.getLast()).isEqualTo(new Offered(Optional.of(CHANGED), "t"));
        assertThat(story.answers).isEmpty();
        // One at a time.
        story.request(22, "UPDATE", "t", Optional.of(EARLY));
        assertThat(story.statuses()).containsExactly(500);
        assertThat(story.answers.getLast().headers().first("Retry-After")).isPresent();
        story.event(new InviteEvent.Within(new DialogEvent.Accept(EARLY)));
        assertThat(story.statuses()).containsExactly(500, 200);
        assertThat(story.answers.getLast().body()).contains(EARLY);
        story.event(new InviteEvent.Within(new DialogEvent.Accept(EARLY)));
        assertThat(story.statuses()).containsExactly(500, 200);

        story.request(23, "UPDATE", "t", Optional.of(CHANGED))
                .event(new InviteEvent.Within(new DialogEvent.Refuse(488)));
        assertThat(story.statuses()).containsExactly(500, 200, 488);
        story.respond(story.last("INVITE"), 200, "t");
        assertThat(story.told.getLast()).isInstanceOf(Answered.class);
    }

    @Test
    void anUpdateWithAnOfferWhileOursIsUnansweredIsRefused491() {
        var story = new Story();
        story.provisional(story.last(), 183, "t", Optional.of(EARLY)).request(5, "UPDATE", "t", Optional.of(CHANGED));
        assertThat(story.statuses()).containsExactly(491);
        assertThat(story.told).noneMatch(Offered.class::isInstance);
    }

    @Test
    void anOfferThatNobodyAnswersIsRefusedBeforeItsSenderGivesUpAndTheCallGoesOn() {
        var story = reliablyDescribed();
        story.request(21, "UPDATE", "t", Optional.of(CHANGED)).passSeconds(31);
        assertThat(story.statuses()).containsExactly(488);
        assertThat(story.told.getLast()).isInstanceOf(OfferWithdrawn.class);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void anOfferThatTheAnswerOvertakesIsWithdrawnBeforeTheAnswerIsTold() {
        var story = reliablyDescribed();
        story.request(21, "UPDATE", "t", Optional.of(CHANGED)).respond(story.last("INVITE"), 200, "t");
        assertThat(story.statuses()).containsExactly(488);
        assertThat(story.told)
                .hasExactlyElementsOfTypes(
                        Invited.class, Provisional.class, Offered.class, OfferWithdrawn.class, Answered.class);
        // What the far end counts goes on in the confirmed dialog.
        story.request(20, "OPTIONS", "t", Optional.empty());
        assertThat(story.statuses().getLast()).isEqualTo(500);
    }

    @Test
    void whoeverHungUpIsOfferedNothingMore() {
        var open = reliablyDescribed();
        open.request(21, "UPDATE", "t", Optional.of(CHANGED)).hangUp();
        assertThat(open.statuses()).containsExactly(488);
        assertThat(open.told.getLast()).isInstanceOf(OfferWithdrawn.class);
        open.request(22, "UPDATE", "t", Optional.of(CHANGED));
        assertThat(open.statuses()).containsExactly(488, 488);
        assertThat(open.told).filteredOn(Offered.class::isInstance).hasSize(1);
    }

    @Test
    void whatHasNoPlaceInAnEarlyDialogIsRefused() {
        var story = reliablyDescribed();
        story.request(21, "INVITE", "t", Optional.of(CHANGED))
                .request(22, "BYE", "t", Optional.empty())
                .request(23, "OPTIONS", "t", Optional.empty())
                .request(22, "UPDATE", "t", Optional.empty())
                .request(24, "UPDATE", "t", Optional.of(MessageBody.ofText("text/plain", "x")))
                .request(25, "UPDATE", "t", Optional.empty(), "Require", "foo")
                .request(26, "UPDATE", "nobody", Optional.empty())
                .request(27, "ACK", "t", Optional.empty());
        assertThat(story.answers).extracting(SipAnswer::status).containsExactly(491, 481, 200, 500, 415, 420, 481);
        assertThat(story.ends()).isEmpty();
    }

    @Test
    void veryManyEarlyDialogsAreToldButNotRemembered() {
        var story = new Story();
        for (int i = 0; i < 200; i++)
            story.provisional(story.last("INVITE"), 183, "t" + i, Optional.empty(), "Require", "100rel", "RSeq", "1");
        assertThat(story.provisionals()).hasSize(200);
        assertThat(story.sent).hasSize(1 + 32);
    }

    private static Story reliablyDescribed() {
        var story = new Story();
        story.wireTook(story.last())
                .provisional(story.last(), 183, "t", Optional.of(EARLY), "Require", "100rel", "RSeq", "1");
        return story.respond(story.last("PRACK"), 200, "t");
    }
}
