package dev.outdial.sip.dialog;

import static dev.outdial.sip.dialog.DialogStory.ANSWER;
import static dev.outdial.sip.dialog.DialogStory.FIRST;
import static dev.outdial.sip.dialog.DialogStory.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffersOutTest {
    private static final Optional<MessageBody> SDP = Optional.of(ANSWER);

    private static OfferClosed refusal(int status) {
        return new OfferClosed(Optional.empty(), OptionalInt.of(status), "Reason " + status);
    }

    @Test
    void anAcceptedOfferIsAcknowledgedEachTimeTheSame() {
        var story = new DialogStory();
        story.offerAgain(OFFER);
        OutboundRequest invite = story.last();
        Headers headers = invite.request().headers();
        assertThat(invite.request().body()).contains(OFFER);
        assertThat(headers.first("CSeq")).contains("2 INVITE");
        assertThat(headers.first("Contact")).contains("<sip:1000@192.0.2.9:40000>");
        assertThat(headers.first("Allow")).contains(InDialogRequests.ALLOW);
        assertThat(headers.first("Supported")).contains("timer");
        assertThat(headers.first("Session-Expires")).isEmpty();
        story.respond(invite, 100).respond(invite, 200, SDP, "Contact", "<sip:2000@192.0.2.7:5070>");
        OutboundRequest ack = story.last();
        assertThat(ack.request().method()).isEqualTo("ACK");
        assertThat(ack.request().headers().first("CSeq")).contains("2 ACK");
        assertThat(ack.request().uri()).isEqualTo("sip:2000@192.0.2.7:5070");
        assertThat(ack.branch()).isNotEqualTo(invite.branch());
        assertThat(story.told).containsExactly(new OfferClosed(SDP, OptionalInt.empty(), "Reason 200"));
        story.respond(invite, 200, SDP);
        assertThat(story.last()).isEqualTo(ack);
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "ACK");
        assertThat(story.told).hasSize(1);
        story.hangUp();
        assertThat(story.last().request().headers().first("CSeq")).contains("3 BYE");
    }

    @Test
    void aChallengedOfferGoesAgainAndTheAckCarriesItsCredentials() {
        var story = new DialogStory();
        story.offerAgain(OFFER).challenge(story.last(), 407, "n1");
        OutboundRequest second = story.last();
        assertThat(second.request().headers().first("CSeq")).contains("3 INVITE");
        assertThat(second.request().body()).contains(OFFER);
        story.respond(second, 200, SDP);
        assertThat(story.last().request().headers().first("CSeq")).contains("3 ACK");
        assertThat(story.last().request().headers().first("Proxy-Authorization"))
                .isEqualTo(second.request().headers().first("Proxy-Authorization"))
                .isPresent();
        // The nonce is known now.
        story.offerAgain(FIRST);
        assertThat(story.last().request().headers().first("Proxy-Authorization").orElseThrow())
                .contains("nc=00000002");
    }

    @Test
    void anOfferWhoseCredentialsAreRefusedIsRefused() {
        var story = new DialogStory();
        story.offerAgain(OFFER).challenge(story.last(), 401, "n1").challenge(story.last(), 401, "n2");
        assertThat(story.told).containsExactly(refusal(401));
        assertThat(story.state().isOver()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 403, 415, 480, 488, 500, 503, 603})
    void aRefusedOfferLeavesTheSessionAsItWas(int status) {
        var story = new DialogStory();
        story.offerAgain(OFFER).respond(story.last(), status).passSeconds(100);
        assertThat(story.told).containsExactly(refusal(status));
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.state().isOver()).isFalse();
        story.offerAgain(OFFER);
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void aFarEndThatKnowsTheDialogNoLongerEndsIt(int status) {
        var story = new DialogStory();
        story.offerAgain(OFFER).respond(story.last(), status);
        assertThat(story.methods()).containsExactly("INVITE", "BYE");
        story.respond(story.last(), 481);
        assertThat(story.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
        assertThat(story.end().reason()).contains(String.valueOf(status));
    }

    @Test
    void anOfferThatFindsNoAnswerEndsTheSession() {
        var story = new DialogStory();
        story.offerAgain(OFFER).timesOut(story.last());
        assertThat(story.methods()).containsExactly("INVITE", "BYE");
        story.respond(story.last(), 200);
        assertThat(story.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);

        var dead = new DialogStory();
        dead.offerAgain(OFFER).passSeconds(33);
        assertThat(dead.methods()).containsExactly("INVITE", "BYE");
        dead.passSeconds(33);
        assertThat(dead.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void anOfferThatCannotBeSentIsRefused() {
        var story = new DialogStory();
        story.offerAgain(OFFER).event(new DialogEvent.Failed(story.last().transaction(), "no route"));
        assertThat(story.told).containsExactly(new OfferClosed(Optional.empty(), OptionalInt.of(503), "no route"));
        assertThat(story.state().isOver()).isFalse();
    }

    @Test
    void aReinviteThatIsNeverDecidedIsCanceled() {
        var story = new DialogStory();
        story.offerAgain(OFFER);
        OutboundRequest invite = story.last();
        story.respond(invite, 100).passSeconds(59).respond(invite, 180);
        assertThat(story.methods()).containsExactly("INVITE");
        story.passSeconds(1);
        OutboundRequest cancel = story.last();
        assertThat(cancel.request().method()).isEqualTo("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.request().headers().first("CSeq")).contains("2 CANCEL");
        story.respond(cancel, 200).respond(invite, 487);
        var closed = (OfferClosed) story.told.getLast();
        assertThat(closed.refusedStatus()).hasValue(408);
        assertThat(story.state().isOver()).isFalse();

        var silent = new DialogStory();
        silent.offerAgain(OFFER).respond(silent.last(), 100).passSeconds(93);
        assertThat(silent.methods()).containsExactly("INVITE", "CANCEL", "BYE");
    }

    @ParameterizedTest
    @CsvSource({"true, 2100, 4000", "false, 0, 2000"})
    void afterGlareTheOwnerOfTheCallIdWaitsLonger(boolean weCalled, int fromMillis, int toMillis) {
        var pauses = new TreeSet<Long>();
        for (int i = 0; i < 200; i++) {
            String word = "w" + i;
            var story = new DialogStory(s -> new DialogSetup(
                    s.dialog(),
                    weCalled,
                    s.contact(),
                    s.product(),
                    s.auth(),
                    1,
                    0,
                    s.tokens().within(word),
                    s.infoTypes(),
                    s.timer(),
                    s.farEndAllows()));
            long before = story.nowNanos();
            story.offerAgain(OFFER).respond(story.last(), 491);
            boolean atOnce = story.sent.size() == 2;
            long pause = atOnce ? 0 : (story.state().nextDeadlineNanos().orElseThrow() - before) / 1_000_000;
            assertThat(pause).isBetween((long) fromMillis, (long) toMillis);
            assertThat(pause % 10).isZero();
            pauses.add(pause);
        }
        assertThat(pauses).as("drawn, not fixed").hasSizeGreaterThan(80);
    }

    @Test
    void aGlaringOfferIsTriedThreeTimesMoreAndThenRefused() {
        var story = new DialogStory();
        story.offerAgain(OFFER);
        for (int i = 1; i <= 4; i++) {
            assertThat(story.sent).hasSize(i);
            assertThat(story.last().request().headers().first("CSeq")).contains(i + 1 + " INVITE");
            assertThat(story.told).isEmpty();
            story.respond(story.last(), 491).passSeconds(5);
        }
        assertThat(story.sent).hasSize(4);
        assertThat(story.told).containsExactly(refusal(491));
    }

    @Test
    void bothOffersOfAGlareComeThroughInTheEnd() {
        var story = new DialogStory();
        story.offerAgain(OFFER).request("INVITE", Optional.of(OFFER));
        assertThat(story.statuses()).containsExactly(491);
        story.respond(story.last(), 491).request("INVITE", Optional.of(OFFER));
        assertThat(story.told).hasExactlyElementsOfTypes(Offered.class);
        // Ours is due, but theirs is open: it waits, and costs no wake-ups.
        story.passSeconds(5).accept(ANSWER);
        assertThat(story.methods()).containsExactly("INVITE");
        story.ack(story.remoteCseq(), Optional.empty());
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        story.respond(story.last(), 200, SDP);
        assertThat(story.told).hasExactlyElementsOfTypes(Offered.class, OfferClosed.class);
    }

    @Test
    void aFarEndThatHasAnOfferToSettleSaysWhenToComeAgain() {
        var story = new DialogStory();
        story.offerAgain(OFFER).respond(story.last(), 500, "Retry-After", "7").passMillis(6_999);
        assertThat(story.sent).hasSize(1);
        story.passMillis(1);
        assertThat(story.sent).hasSize(2);
        story.respond(story.last(), 500, "Retry-After", "600");
        assertThat(story.told).containsExactly(refusal(500));
    }

    @Test
    void anOfferWaitsForTheOneBeforeAndTheLatestCounts() {
        var story = new DialogStory();
        var second = MessageBody.ofText(MessageBody.SDP, "second");
        var third = MessageBody.ofText(MessageBody.SDP, "third");
        story.offerAgain(OFFER).offerAgain(second).offerAgain(third);
        assertThat(story.methods()).containsExactly("INVITE");
        story.respond(story.last(), 200, SDP);
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "INVITE");
        assertThat(story.last().request().body()).contains(third);
        story.respond(story.last(), 491).offerAgain(second).passSeconds(5);
        assertThat(story.last().request().body()).contains(second);
        story.offerAgain(third).respond(story.last(), 491).passSeconds(5);
        assertThat(story.last().request().body()).contains(third);
        story.respond(story.last(), 488);
        assertThat(story.told).hasSize(2);
    }

    @Test
    void anOfferWaitsForWhatTheFarEndHasOpen() {
        var story = new DialogStory();
        story.request("INVITE", Optional.of(OFFER)).offerAgain(OFFER);
        assertThat(story.sent).isEmpty();
        story.accept(ANSWER);
        assertThat(story.sent).isEmpty();
        story.ack(story.remoteCseq(), Optional.empty());
        assertThat(story.methods()).containsExactly("INVITE");
    }

    @Test
    void anAnswerWithoutDescriptionIsAcknowledgedAndLeavesTheSessionAsItWas() {
        var story = new DialogStory();
        story.offerAgain(OFFER).respond(story.last(), 200);
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
        assertThat(((OfferClosed) story.told.getLast()).refusedStatus()).hasValue(488);
    }

    @Test
    void hangingUpWhileAnOfferIsOpenSaysByeAndAcknowledgesALateAnswer() {
        var story = new DialogStory();
        story.offerAgain(OFFER).hangUp();
        assertThat(story.methods()).containsExactly("INVITE", "BYE");
        OutboundRequest invite = story.sent.getFirst();
        story.respond(story.last(), 200).respond(invite, 200, SDP).respond(invite, 200, SDP);
        assertThat(story.methods()).containsExactly("INVITE", "BYE", "ACK", "ACK");
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
        story.passSeconds(33).respond(invite, 200, SDP);
        assertThat(story.sent).hasSize(4);
    }

    @Test
    void theFarEndsByeClosesAnOpenOffer() {
        var story = new DialogStory();
        story.offerAgain(OFFER).offerAgain(FIRST).request("BYE").respond(story.last(), 487);
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
    }
}
