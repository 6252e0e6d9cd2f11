package dev.outdial.sip.dialog;

import static dev.outdial.sip.dialog.DialogStory.ANSWER;
import static dev.outdial.sip.dialog.DialogStory.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.event.SessionEvent.OfferWithdrawn;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffersInTest {
    private static final Optional<MessageBody> SDP = Optional.of(OFFER);

    @Test
    void anAcceptedReinviteIsAnsweredAndAcknowledged() {
        var story = new DialogStory();
        story.request("INVITE", SDP, "Contact", "<sip:2000@192.0.2.7:5070>");
        assertThat(story.told).containsExactly(new Offered(SDP));
        assertThat(story.answers).isEmpty();
        story.accept(ANSWER);
        SipAnswer answer = story.lastAnswer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(ANSWER);
        assertThat(answer.headers().first("Contact")).contains("<sip:1000@192.0.2.9:40000>");
        assertThat(answer.headers().first("Allow")).contains(InDialogRequests.ALLOW);
        assertThat(answer.headers().first("Supported")).contains("timer");
        assertThat(story.released).isEmpty();

        story.ack(story.remoteCseq(), Optional.empty()).passSeconds(40);
        assertThat(story.released).containsExactly(1L, 2L);
        assertThat(story.answers).hasSize(1);
        assertThat(story.told).hasSize(1);
        story.hangUp();
        assertThat(story.last().request().uri()).isEqualTo("sip:2000@192.0.2.7:5070");
        assertThat(story.last().hop().toString()).isEqualTo("udp:192.0.2.7:5070");
    }

    @Test
    void the2xxIsRepeatedFromT1ToT2UntilItsAckComes() {
        var story = new DialogStory();
        story.request("INVITE", SDP).accept(ANSWER);
        story.passMillis(499);
        assertThat(story.statuses()).hasSize(1);
        story.passMillis(1);
        assertThat(story.statuses()).hasSize(2);
        // At 1.5, 3.5, 7.5, 11.5 s.
        story.passMillis(11_000);
        assertThat(story.statuses()).hasSize(6);
        assertThat(story.answersTo(1)).hasSize(6).containsOnly(story.lastAnswer());
        story.ack(999, Optional.empty()).passSeconds(4);
        assertThat(story.statuses()).as("the ACK of another INVITE").hasSize(7);
        story.ack(story.remoteCseq(), Optional.empty()).passSeconds(60);
        assertThat(story.statuses()).hasSize(7);
        assertThat(story.told).hasSize(1);
    }

    @Test
    void withoutAnAckTheSessionEnds() {
        var story = new DialogStory();
        story.request("INVITE", SDP).accept(ANSWER).passMillis(31_999);
        assertThat(story.sent).isEmpty();
        story.passMillis(1);
        assertThat(story.methods()).containsExactly("BYE");
        int repeated = story.answers.size();
        story.respond(story.last(), 200).passSeconds(20);
        assertThat(story.end().cause()).isEqualTo(Cause.NOT_ACKNOWLEDGED);
        assertThat(story.answers).hasSize(repeated);
        assertThat(story.released).containsExactly(1L);
    }

    @Test
    void aMachineThatIsWokenMuchTooLateRepeatsNothingAndEnds() {
        var story = new DialogStory();
        story.request("INVITE", SDP).accept(ANSWER).oversleepSeconds(3600);
        assertThat(story.answers).hasSize(1);
        assertThat(story.methods()).containsExactly("BYE");
    }

    @Test
    void aReinviteHeardAgainIsAnsweredAsBefore() {
        var story = new DialogStory();
        story.request("INVITE", SDP).requestNumbered(story.remoteCseq(), "INVITE", SDP);
        assertThat(story.told).hasSize(1);
        assertThat(story.answers).isEmpty();
        story.accept(ANSWER).requestNumbered(story.remoteCseq(), "INVITE", SDP);
        assertThat(story.answersTo(3)).containsExactlyElementsOf(story.answersTo(1));
        story.ack(story.remoteCseq(), Optional.empty()).requestNumbered(story.remoteCseq(), "INVITE", SDP);
        assertThat(story.answersTo(5)).containsExactlyElementsOf(story.answersTo(1));
        assertThat(story.told).hasSize(1);
        story.passSeconds(60);
        assertThat(story.answers).as("and not repeated by itself").hasSize(3);
    }

    @Test
    void aRefusedReinviteChangesNothing() {
        var story = new DialogStory();
        story.request("INVITE", SDP, "Contact", "<sip:2000@192.0.2.7:5070>").refuse(488);
        assertThat(story.statuses()).containsExactly(488);
        assertThat(story.lastAnswer().reason()).isEqualTo("Not Acceptable Here");
        assertThat(story.released).containsExactly(1L);
        story.accept(ANSWER).refuse(603);
        assertThat(story.answers).hasSize(1);
        assertThat(story.state().dialog()).isEqualTo(DialogStory.setup().dialog());
        story.request("INVITE", SDP).refuse(399).request("INVITE", SDP).refuse(499);
        assertThat(story.statuses()).containsExactly(488, 399, 499);
    }

    @Test
    void aReinviteWithoutDescriptionIsGivenOursAndItsAckTheAnswer() {
        var story = new DialogStory();
        story.request("INVITE");
        assertThat(story.told).containsExactly(new Offered(Optional.empty()));
        story.accept(OFFER);
        assertThat(story.lastAnswer().body()).contains(OFFER);
        // Our offer is open: the far end may not offer as well.
        story.request("UPDATE", SDP).request("INVITE", SDP);
        assertThat(story.statuses()).containsExactly(200, 491, 491);
        story.ack(story.remoteCseq() - 2, Optional.of(ANSWER));
        assertThat(story.told.getLast()).isEqualTo(new OfferClosed(Optional.of(ANSWER), OptionalInt.empty(), "OK"));
        story.passSeconds(40);
        assertThat(story.sent).isEmpty();
    }

    @Test
    void anAckWithoutTheAnswerLeavesTheSessionAsItWas() {
        var story = new DialogStory();
        story.request("INVITE").accept(OFFER).ack(story.remoteCseq(), Optional.empty());
        var closed = (OfferClosed) story.told.getLast();
        assertThat(closed.answer()).isEmpty();
        assertThat(closed.refusedStatus()).hasValue(488);
    }

    @Test
    void aCanceledReinviteIsTakenBack() {
        var story = new DialogStory();
        story.request("INVITE", SDP).requestNumbered(story.remoteCseq(), "CANCEL", Optional.empty());
        assertThat(story.answersTo(2)).extracting(SipAnswer::status).containsExactly(200);
        assertThat(story.answersTo(1)).extracting(SipAnswer::status).containsExactly(487);
        assertThat(story.told).containsExactly(new Offered(SDP), new OfferWithdrawn());
        story.accept(ANSWER);
        assertThat(story.answers).hasSize(2);
    }

    @Test
    void aCancelThatComesTooLateOrMeansNothingChangesNothing() {
        var story = new DialogStory();
        story.request("INVITE", SDP).accept(ANSWER).requestNumbered(story.remoteCseq(), "CANCEL", Optional.empty());
        story.requestNumbered(7, "CANCEL", Optional.empty());
        assertThat(story.statuses()).containsExactly(200, 200, 481);
        assertThat(story.told).hasSize(1);
    }

    @Test
    void aUserWhoDoesNotDecideRefuses() {
        var story = new DialogStory();
        story.request("INVITE", SDP).passMillis(9_999);
        assertThat(story.answers).isEmpty();
        story.passMillis(1);
        assertThat(story.statuses()).containsExactly(488);
        assertThat(story.told).containsExactly(new Offered(SDP), new OfferWithdrawn());
    }

    @Test
    void anUpdateWithAnOfferIsAnsweredByTheUserPromptlyOrRefused() {
        var story = new DialogStory();
        story.request("UPDATE", SDP).accept(ANSWER);
        assertThat(story.lastAnswer().status()).isEqualTo(200);
        assertThat(story.lastAnswer().body()).contains(ANSWER);
        assertThat(story.released).containsExactly(1L);
        story.passSeconds(40);
        assertThat(story.answers).as("no ACK, so nothing is repeated").hasSize(1);

        story.request("UPDATE", SDP).passMillis(3_000);
        assertThat(story.statuses()).containsExactly(200, 504);
        assertThat(story.told).containsExactly(new Offered(SDP), new Offered(SDP), new OfferWithdrawn());
    }

    @Test
    void anUpdateWithoutOfferIsAnsweredAtOnceAndMovesTheTarget() {
        var story = new DialogStory();
        story.request("UPDATE", "Contact", "<sip:2000@192.0.2.8>", "Allow", "INVITE, Update");
        assertThat(story.statuses()).containsExactly(200);
        assertThat(story.lastAnswer().headers().first("Contact")).isPresent();
        assertThat(story.told).isEmpty();
        assertThat(story.state().dialog().remoteTarget()).isEqualTo("sip:2000@192.0.2.8");
        assertThat(story.state().ids().farEndAllows()).containsExactlyInAnyOrder("INVITE", "UPDATE");
        // Also where the user still decides about something else.
        story.request("INVITE", SDP).request("UPDATE", "Contact", "<sip:2000@192.0.2.9>");
        assertThat(story.statuses()).containsExactly(200, 200);
    }

    @ParameterizedTest
    @CsvSource({"INVITE,INVITE", "INVITE,UPDATE", "UPDATE,INVITE", "UPDATE,UPDATE"})
    void aSecondOfferBeforeTheAnswerToTheFirstIsToComeLater(String first, String second) {
        var story = new DialogStory();
        story.request(first, SDP).request(second, SDP);
        assertThat(story.statuses()).containsExactly(500);
        int seconds = Integer.parseInt(
                story.lastAnswer().headers().first("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(0, 10);
        assertThat(story.told).hasSize(1);
        story.accept(ANSWER);
        assertThat(story.answersTo(1)).extracting(SipAnswer::status).containsExactly(200);
    }

    @Test
    void aNewReinviteShowsThatTheAnswerToTheLastWasHeard() {
        var story = new DialogStory();
        story.request("INVITE", SDP).accept(ANSWER).request("INVITE", SDP).passSeconds(5);
        assertThat(story.statuses()).containsExactly(200);
        assertThat(story.released).containsExactly(1L);
        story.accept(ANSWER).passSeconds(1);
        assertThat(story.answersTo(2)).hasSize(2);
    }

    @Test
    void aBodyThatIsNoDescriptionIsRefused() {
        var story = new DialogStory();
        var other = Optional.of(MessageBody.ofText("multipart/mixed", "x"));
        story.request("INVITE", other).request("UPDATE", other);
        assertThat(story.statuses()).containsExactly(415, 415);
        assertThat(story.lastAnswer().headers().first("Accept")).contains(MessageBody.SDP);
        assertThat(story.told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INVITE", "UPDATE"})
    void aByeEndsWhatIsOpen(String method) {
        var story = new DialogStory();
        story.request(method, SDP).request("BYE");
        assertThat(story.answersTo(1)).extracting(SipAnswer::status).containsExactly(487);
        assertThat(story.answersTo(2)).extracting(SipAnswer::status).containsExactly(200);
        assertThat(story.told).hasExactlyElementsOfTypes(Offered.class, Ended.class);

        var ours = new DialogStory();
        ours.request(method, SDP).hangUp();
        assertThat(ours.statuses()).containsExactly(487);
        assertThat(ours.methods()).containsExactly("BYE");
        ours.accept(ANSWER).respond(ours.last(), 200);
        assertThat(ours.statuses()).containsExactly(487);
        assertThat(ours.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }
}
