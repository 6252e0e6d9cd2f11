package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.CallMachine.Action;
import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wire does to a call, from its INVITE to its outcome, and what we send meanwhile; without a network, in no time. */
class CallStoriesTest {
    private static final Duration TRANSACTION = Duration.ofSeconds(33);

    // What comes before the answer

    @Test
    void tryingSaysNothingOfTheCallee() {
        CallStory story = CallStory.invited().respond(100);
        assertThat(story.rings()).isEmpty();
        assertThat(story.respond(486).outcome().phase()).isEqualTo(Phase.SENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {180, 181, 182, 183})
    void ringingIsToldOnceHoweverItIsSaid(int status) {
        CallStory story = CallStory.invited().respond(status).respond(180).respond(status);
        assertThat(story.rings()).containsExactly(new Action.ReportRinging(status, false));
        assertThat(story.respond(486).outcome().phase()).isEqualTo(Phase.RINGING);
    }

    @Test
    void aDescriptionBeforeTheAnswerIsEarlyMedia() {
        CallStory story = CallStory.invited().earlyMedia(183).earlyMedia(183);
        assertThat(story.rings()).containsExactly(new Action.ReportRinging(183, true));
        assertThat(story.respond(486).outcome().phase()).isEqualTo(Phase.EARLY_MEDIA);
    }

    @Test
    void anAnswerIsAcknowledgedAndTheCallGoesOn() {
        CallStory story = CallStory.ringing().pass(Duration.ofSeconds(4)).respond(200);
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
        assertThat(story.isTalking()).isTrue();
    }

    @Test
    void aRedirectionIsNotFollowed() {
        CallOutcome outcome = CallStory.invited()
                .respond(302, "Contact", "<sip:elsewhere@192.0.2.7>")
                .outcome();
        expect(outcome, OutcomeKind.FAILED, 302, 41, EndedBy.REMOTE);
    }

    @Test
    void aChallengeIsAnsweredOnceAndOnceMoreWhereTheNonceWasTooOld() {
        CallStory story = CallStory.invited().challenge("one", false).challenge("two", true);
        assertThat(story.methods().stream().filter("INVITE"::equals)).hasSize(3);
        story.respond(180).respond(200);
        assertThat(story.isTalking()).isTrue();
    }

    @Test
    void aPasswordThatIsNotAcceptedIsAFailureOfOurs() {
        CallStory story = CallStory.invited().challenge("one", false).challenge("two", false);
        expect(story.outcome(), OutcomeKind.FAILED, 407, 21, EndedBy.REMOTE);
        assertThat(story.methods().stream().filter("INVITE"::equals)).hasSize(2);
    }

    // Every final response, without and after ringing

    @ParameterizedTest(name = "{0} is {1}, Q.850 {2}")
    @CsvSource({
        "486, BUSY, 17",
        "600, BUSY, 17",
        "480, NO_ANSWER, 19",
        "403, REJECTED, 21",
        "603, REJECTED, 21",
        "402, FAILED, 21",
        "404, FAILED, 1",
        "604, FAILED, 3",
        "485, FAILED, 3",
        "410, FAILED, 22",
        "484, FAILED, 28",
        "408, FAILED, 102",
        "504, FAILED, 102",
        "488, FAILED, 88",
        "606, FAILED, 88",
        "400, FAILED, 41",
        "481, FAILED, 41",
        "500, FAILED, 41",
        "503, FAILED, 41",
        "502, FAILED, 38",
        "405, FAILED, 63",
        "406, FAILED, 79",
        "415, FAILED, 79",
        "501, FAILED, 79",
        "482, FAILED, 25",
        "483, FAILED, 25",
        "413, FAILED, 127",
        "414, FAILED, 127",
        "416, FAILED, 127",
        "420, FAILED, 127",
        "421, FAILED, 127",
        "423, FAILED, 127",
        "505, FAILED, 127",
        "513, FAILED, 127",
        "487, FAILED, 31"
    })
    void eachFinalResponseIsTheFarEndsWord(int status, OutcomeKind kind, int cause) {
        CallStory story = CallStory.invited().respond(status);
        expect(story.outcome(), kind, status, cause, EndedBy.REMOTE);
        assertThat(story.outcome().answered()).isFalse();
        // The transport acknowledges what refuses (RFC 3261 section 17.1.1.3): nothing more is sent.
        assertThat(story.methods()).containsExactly("INVITE");
    }

    @Test
    void aTelephoneThatRangAndTimedOutWasNotAnswered() {
        expect(CallStory.ringing().respond(408).outcome(), OutcomeKind.NO_ANSWER, 408, 19, EndedBy.REMOTE);
    }

    @Test
    void aCallTakenAtAnotherTelephoneIsCanceledForThisLeg() {
        CallOutcome outcome = CallStory.ringing()
                .respond(487, "Reason", "Q.850;cause=26;text=\"Answered elsewhere\"")
                .outcome();
        expect(outcome, OutcomeKind.CANCELED, 487, 26, EndedBy.REMOTE);
    }

    @Test
    void aPeerThatNeverRespondsCountsAs408() {
        expect(
                CallStory.invited()
                        .pass(Duration.ofSeconds(29))
                        .timesOut("INVITE")
                        .outcome(),
                OutcomeKind.FAILED,
                408,
                102,
                EndedBy.REMOTE);
    }

    @Test
    void aTransportThatFailsCountsAs503() {
        CallOutcome outcome = CallStory.dialling().cannotSend("INVITE").outcome();
        expect(outcome, OutcomeKind.FAILED, 503, 41, EndedBy.REMOTE);
        assertThat(outcome.phase()).isEqualTo(Phase.NONE);
    }

    // Giving up before the answer

    @Test
    void whoGivesUpBeforeAnyResponseKeepsTheCancelUntilOneComes() {
        CallStory story = CallStory.invited().hangUp();
        assertThat(story.methods()).containsExactly("INVITE");
        story.respond(100);
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL");
        story.respondTo("CANCEL", 200).respond(487);
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(story.outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(story.outcome().sipCode()).hasValue(487);
    }

    @Test
    void theRingTimeEndsInNoAnswerAndOneCancel() {
        CallStory story = CallStory.ringing().pass(Duration.ofSeconds(29));
        assertThat(story.methods()).containsExactly("INVITE");
        story.pass(Duration.ofSeconds(2));
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL");
        story.respondTo("CANCEL", 200).respond(487);
        expect(story.outcome(), OutcomeKind.NO_ANSWER, 487, 19, EndedBy.LOCAL);
    }

    @Test
    void aCancelThatNobodyTakesNoticeOfEndsTheCallAllTheSame() {
        CallStory story = CallStory.ringing().hangUp().pass(TRANSACTION);
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(story.outcome().sipCode()).isEmpty();
    }

    // The end after the answer

    @Test
    void aByeIsAnsweredAndTheFarEndHasHungUp() {
        CallStory story = CallStory.answered().pass(Duration.ofSeconds(7)).bye();
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.REMOTE);
        assertThat(story.outcome().talkMillis()).isEqualTo(7000);
        assertThat(story.replies()).containsExactly(200);
        assertThat(story.methods()).doesNotContain("BYE");
    }

    @Test
    void whatTheFarEndSaysOfItsByeIsTold() {
        CallStory story = CallStory.answered().bye("Reason", "Q.850;cause=31");
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 31, EndedBy.REMOTE);
    }

    @Test
    void ourByeSaysWhyAndItsAnswerIsTheEnd() {
        CallStory story = CallStory.answered().hangUp();
        assertThat(story.reasonOf("BYE"))
                .hasValueSatisfying(why -> assertThat(why).contains("Q.850", "cause=16"));
        assertThat(story.isOver()).isFalse();
        story.respondTo("BYE", 200);
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL);
    }

    @Test
    void aByeThatIsNeverAnsweredEndsTheCallByTimerF() {
        CallStory story = CallStory.answered().hangUp().pass(Duration.ofSeconds(31));
        assertThat(story.isOver()).isFalse();
        story.pass(Duration.ofSeconds(2));
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL);
    }

    @Test
    void theMaximumDurationHangsUp() {
        CallStory story = CallStory.answered().pass(Duration.ofMinutes(10));
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "BYE");
        expect(story.respondTo("BYE", 200).outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL);
    }

    @Test
    void aFarEndThatFallsMuteIsHungUpAndTheCallHasFailed() {
        CallStory story = CallStory.answered().hear(new Event.RtpTimeout(30_000, 0));
        assertThat(story.reasonOf("BYE"))
                .hasValueSatisfying(why -> assertThat(why).contains("cause=102"));
        expect(story.respondTo("BYE", 200).outcome(), OutcomeKind.FAILED, 200, 102, EndedBy.REMOTE);
    }

    // What crosses on the wire

    @Test
    void a200ThatCrossesOurCancelIsAcknowledgedAndEndedAndStillCanceled() {
        CallStory story = CallStory.ringing().hangUp().respond(200);
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
        story.respondTo("BYE", 200);
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(story.outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        // Somebody did pick up, though nobody talked to him.
        assertThat(story.outcome().answered()).isTrue();
    }

    @Test
    void a200ThatCrossesTheEndOfTheRingTimeIsNoAnswer() {
        CallStory story =
                CallStory.ringing().pass(Duration.ofSeconds(30)).respond(200).respondTo("BYE", 200);
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
    }

    @Test
    void a200InTheInstantOfTheRingTimerThatComesFirstIsAnAnswer() {
        CallStory story = CallStory.ringing().pass(Duration.ofSeconds(30).minusNanos(1));
        story.respond(200).pass(Duration.ofSeconds(5));
        assertThat(story.isTalking()).isTrue();
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
    }

    @Test
    void a200WhileTheCancelIsHeldIsAcknowledgedAndEnded() {
        CallStory story = CallStory.invited().hangUp().respond(200).respondTo("BYE", 200);
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void a200LongAfterTheCallWasGivenUpChangesNothingButIsEnded() {
        CallStory story = CallStory.ringing().hangUp().pass(TRANSACTION);
        CallOutcome before = story.outcome();
        story.respond(200);
        assertThat(story.methods()).endsWith("ACK", "BYE");
        assertThat(story.outcome()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"486, BUSY", "600, BUSY", "603, REJECTED", "403, REJECTED"})
    void aNoOfTheCalleeThatCrossesOurCancelIsTheCalleesNo(int status, OutcomeKind kind) {
        CallOutcome outcome = CallStory.ringing().hangUp().respond(status).outcome();
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 480, 481, 500, 503})
    void whateverElseCrossesOurCancelItWasWeWhoGaveUp(int status) {
        CallOutcome outcome = CallStory.ringing().hangUp().respond(status).outcome();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aChallengeThatCrossesOurGivingUpIsNotAnswered() {
        CallStory story = CallStory.invited().hangUp().challenge("one", false);
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void ringingThatCrossesOurGivingUpIsNotTold() {
        CallStory story = CallStory.invited().hangUp().respond(180);
        assertThat(story.rings()).isEmpty();
        assertThat(story.methods()).containsExactly("INVITE", "CANCEL");
    }

    @Test
    void byesThatCrossAreOneEndAndBothAnswered() {
        CallStory story = CallStory.answered().hangUp().bye();
        assertThat(story.replies()).containsExactly(200);
        story.respondTo("BYE", 481).bye();
        assertThat(story.replies()).containsExactly(200, 200);
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL);
    }

    @Test
    void aByeThatOvertakesOurHangUpIsTheFarEnds() {
        CallStory story = CallStory.answered().bye().hangUp();
        expect(story.outcome(), OutcomeKind.COMPLETED, 200, 16, EndedBy.REMOTE);
        assertThat(story.methods()).doesNotContain("BYE");
    }

    @Test
    void aRepeated200IsAcknowledgedAgainAndNoSecondAnswer() {
        CallStory story = CallStory.answered().respond(200).respond(200).bye();
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "ACK", "ACK");
        assertThat(story.outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
    }

    @Test
    void whoAnswersSecondIsAcknowledgedAndEndedAndTheFirstGoesOn() {
        CallStory story = CallStory.answered().alsoAnsweredBy("second");
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "ACK", "BYE");
        assertThat(story.isTalking()).isTrue();
    }

    @Test
    void ringingThatComesAfterTheAnswerIsOldNews() {
        CallStory story = CallStory.invited().respond(200).respond(180).earlyMedia(183);
        assertThat(story.rings()).isEmpty();
        assertThat(story.isTalking()).isTrue();
    }

    private static void expect(CallOutcome outcome, OutcomeKind kind, int sipCode, int cause, EndedBy by) {
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(sipCode);
        assertThat(outcome.cause()).hasValue(cause);
        assertThat(outcome.endedBy()).isEqualTo(by);
    }
}
