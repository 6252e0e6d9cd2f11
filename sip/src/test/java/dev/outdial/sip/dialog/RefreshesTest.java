package dev.outdial.sip.dialog;

import static dev.outdial.sip.dialog.DialogStory.ANSWER;
import static dev.outdial.sip.dialog.DialogStory.FIRST;
import static dev.outdial.sip.dialog.DialogStory.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.message.OutboundRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshesTest {
    private static String sessionExpires(OutboundRequest request) {
        return request.request().headers().first("Session-Expires").orElse("");
    }

    @Test
    void withoutATimerASessionLastsForDays() {
        var story = new DialogStory();
        assertThat(story.state().nextDeadlineNanos()).isEmpty();
        story.passSeconds(400_000);
        assertThat(story.sent).isEmpty();
    }

    @Test
    void weRefreshAtHalfTheIntervalByUpdateAndEachRefreshCounts() {
        var story = DialogStory.timed(1800, true, "INVITE", "UPDATE");
        story.passMillis(899_999);
        assertThat(story.sent).isEmpty();
        story.passMillis(1);
        OutboundRequest update = story.last();
        assertThat(update.request().method()).isEqualTo("UPDATE");
        assertThat(update.request().body()).isEmpty();
        assertThat(sessionExpires(update)).isEqualTo("1800;refresher=uac");
        assertThat(update.request().headers().first("Min-SE")).contains("90");
        assertThat(update.request().headers().first("Supported")).contains("timer");
        assertThat(update.request().headers().first("Contact")).isPresent();
        story.respond(update, 200, "Session-Expires", "600;refresher=uac", "Contact", "<sip:2000@192.0.2.7>");
        assertThat(story.state().dialog().remoteTarget()).isEqualTo("sip:2000@192.0.2.7");
        story.passSeconds(299);
        assertThat(story.sent).hasSize(1);
        story.passSeconds(1);
        assertThat(story.sent).hasSize(2);
        assertThat(sessionExpires(story.last())).isEqualTo("600;refresher=uac");
        assertThat(story.told).isEmpty();
    }

    @Test
    void whereTheFarEndTakesNoUpdateTheLastDescriptionIsRepeatedInAReinvite() {
        var story = DialogStory.timed(1800, true, "INVITE", "BYE");
        story.passSeconds(900);
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.last().request().body()).contains(FIRST);
        assertThat(sessionExpires(story.last())).isEqualTo("1800;refresher=uac");
        story.respond(story.last(), 200, Optional.of(ANSWER), "Session-Expires", "1800;refresher=uac");
        assertThat(story.methods()).containsExactly("INVITE", "ACK");
        // The answer may say something new.
        assertThat(story.told).hasExactlyElementsOfTypes(OfferClosed.class);
        // What is repeated is what was agreed on last.
        story.offerAgain(OFFER)
                .respond(story.last(), 200, Optional.of(ANSWER), "Session-Expires", "1800;refresher=uac");
        story.passSeconds(900);
        assertThat(story.last().request().body()).contains(OFFER);
        story.respond(story.last(), 200, Optional.of(ANSWER), "Session-Expires", "1800;refresher=uac");
        story.request("INVITE", Optional.of(OFFER)).accept(ANSWER).ack(story.remoteCseq(), Optional.empty());
        story.passSeconds(1000);
        assertThat(story.last("INVITE").request().body()).contains(ANSWER);
    }

    @Test
    void theAnswerToARefreshIsNotTakenForThatToAnOfferThatWaits() {
        var story = DialogStory.timed(1800, true, "INVITE", "BYE");
        story.passSeconds(900);
        OutboundRequest refresh = story.last();
        story.offerAgain(OFFER);
        story.respond(refresh, 200, Optional.of(FIRST), "Session-Expires", "1800;refresher=uac");
        assertThat(story.methods()).containsExactly("INVITE", "ACK", "INVITE");
        assertThat(story.told).isEmpty();
        assertThat(story.last().request().body()).contains(OFFER);
        story.respond(story.last(), 200, Optional.of(ANSWER), "Session-Expires", "1800;refresher=uac");
        assertThat(story.told)
                .singleElement()
                .isInstanceOfSatisfying(
                        OfferClosed.class, closed -> assertThat(closed.answer()).contains(ANSWER));
    }

    @Test
    void aFarEndThatSaysItTakesUpdateAndDoesNotIsSentAReinviteAtOnce() {
        var story = DialogStory.timed(1800, true, "INVITE", "UPDATE");
        story.passSeconds(900).respond(story.last(), 405);
        assertThat(story.methods()).containsExactly("UPDATE", "INVITE");
        story.respond(story.last(), 200, Optional.of(ANSWER));
        // It says nothing of timers: we go on refreshing alone.
        story.passSeconds(900);
        assertThat(story.methods()).containsExactly("UPDATE", "INVITE", "ACK", "INVITE");
    }

    @Test
    void aRefreshIsChallengedAndRaisedLikeAnyRequest() {
        var story = DialogStory.timed(90, true, "UPDATE");
        story.passSeconds(45).challenge(story.last(), 407, "n1");
        assertThat(story.last().request().headers().first("Proxy-Authorization"))
                .isPresent();
        story.respond(story.last(), 422, "Min-SE", "300");
        assertThat(story.methods()).containsExactly("UPDATE", "UPDATE", "UPDATE");
        assertThat(sessionExpires(story.last())).isEqualTo("300;refresher=uac");
        assertThat(story.last().request().headers().first("Min-SE")).contains("300");
        story.respond(story.last(), 200, "Session-Expires", "300;refresher=uac").passSeconds(149);
        assertThat(story.sent).hasSize(3);
        story.passSeconds(1);
        assertThat(story.sent).hasSize(4);
    }

    @Test
    void aReinviteIsRaisedAsWell() {
        var story = DialogStory.timed(90, true, "INVITE");
        story.passSeconds(45).respond(story.last(), 422, "Min-SE", "300");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(sessionExpires(story.last())).isEqualTo("300;refresher=uac");
        assertThat(story.last().request().body()).contains(FIRST);
    }

    @Test
    void aFarEndThatNeverHasEnoughIsNotAskedForEver() {
        var story = DialogStory.timed(1800, true, "UPDATE");
        story.passSeconds(900);
        for (int i = 0; i < 20; i++) {
            story.respond(story.last(), 422, "Min-SE", String.valueOf(2000 + 100 * i));
        }
        assertThat(story.sent).hasSize(4);
        story.respond(story.last(), 422, "Min-SE", "junk");
        assertThat(story.ends()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void aRefreshToNobodyEndsTheSession(int status) {
        for (String method : new String[] {"UPDATE", "INVITE"}) {
            var story = DialogStory.timed(1800, true, method);
            story.passSeconds(900).respond(story.last(), status);
            assertThat(story.methods()).containsExactly(method, "BYE");
            story.respond(story.last(), 481);
            assertThat(story.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
        }
    }

    @Test
    void aRefreshWithoutAnswerEndsTheSession() {
        var story = DialogStory.timed(1800, true, "UPDATE");
        story.passSeconds(900).timesOut(story.last());
        assertThat(story.methods()).containsExactly("UPDATE", "BYE");
        var dead = DialogStory.timed(1800, true, "UPDATE");
        dead.passSeconds(933);
        assertThat(dead.methods()).containsExactly("UPDATE", "BYE");
        dead.passSeconds(33);
        assertThat(dead.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aRefusedRefreshIsTriedAgainWhileThereIsTimeAndThenTheSessionEnds() {
        var story = DialogStory.timed(1800, true, "UPDATE");
        int refused = 0;
        for (int second = 0; second < 1799; second++) {
            story.passSeconds(1);
            if (story.sent.size() > refused) {
                story.respond(story.last(), 503);
                refused++;
            }
        }
        assertThat(refused).isBetween(4, 12);
        assertThat(story.methods()).containsOnly("UPDATE");
        story.passSeconds(1);
        assertThat(story.last().request().method()).isEqualTo("BYE");

        var unsent = DialogStory.timed(1800, true, "UPDATE");
        unsent.passSeconds(900).event(new DialogEvent.Failed(unsent.last().transaction(), "no route"));
        unsent.passSeconds(449);
        assertThat(unsent.sent).hasSize(1);
        unsent.passSeconds(1);
        assertThat(unsent.sent).hasSize(2);
    }

    @Test
    void aRefreshByReinviteThatIsRefusedIsNotToldAndTriedAgain() {
        var story = DialogStory.timed(1800, true, "INVITE");
        story.passSeconds(900).respond(story.last(), 488).passSeconds(450);
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        story.respond(story.last(), 491).passSeconds(5);
        assertThat(story.methods()).containsExactly("INVITE", "INVITE", "INVITE");
        assertThat(story.told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1800, 1768", "90, 60", "96, 64"})
    void aFarEndThatDoesNotRefreshIsGone(int interval, int byeAfter) {
        var story = DialogStory.timed(interval, false, "UPDATE");
        story.passMillis(1000L * byeAfter - 1);
        assertThat(story.sent).isEmpty();
        story.passMillis(1);
        assertThat(story.methods()).containsExactly("BYE");
        story.respond(story.last(), 200);
        assertThat(story.end().cause()).isEqualTo(Cause.SESSION_EXPIRED);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);
    }

    @Test
    void theFarEndsRefreshKeepsTheSessionAndSettlesWhoIsNext() {
        var story = DialogStory.timed(1800, false, "UPDATE");
        story.passSeconds(900).request("UPDATE", "Session-Expires", "1800;refresher=uac", "Supported", "timer");
        assertThat(story.lastAnswer().headers().first("Session-Expires")).contains("1800;refresher=uac");
        assertThat(story.lastAnswer().headers().first("Require")).contains("timer");
        story.passSeconds(1767);
        assertThat(story.sent).isEmpty();
        story.request("UPDATE", "Session-Expires", "1800;refresher=uas", "Supported", "timer");
        assertThat(story.lastAnswer().headers().first("Session-Expires")).contains("1800;refresher=uas");
        story.passSeconds(900);
        assertThat(story.methods()).containsExactly("UPDATE");
        // Refreshed crosswise: the far end takes over again.
        story.respond(story.last(), 200, "Session-Expires", "1800;refresher=uas")
                .passSeconds(1767);
        assertThat(story.methods()).containsExactly("UPDATE");
        story.passSeconds(1);
        assertThat(story.methods()).containsExactly("UPDATE", "BYE");
    }

    @Test
    void anAcceptedReinviteRefreshesAndARefusedOneDoesNot() {
        var story = DialogStory.timed(1800, false, "UPDATE");
        story.passSeconds(1000)
                .request("INVITE", Optional.of(OFFER), "Session-Expires", "1800;refresher=uac", "Supported", "timer")
                .accept(ANSWER);
        assertThat(story.lastAnswer().headers().first("Session-Expires")).contains("1800;refresher=uac");
        story.ack(story.remoteCseq(), Optional.empty()).passSeconds(1500);
        story.request("INVITE", Optional.of(OFFER), "Session-Expires", "1800").refuse(488);
        assertThat(story.sent).isEmpty();
        story.passSeconds(268);
        assertThat(story.methods()).containsExactly("BYE");
    }

    @Test
    void aRequestThatSaysNothingOfTimersLeavesRefreshingToUs() {
        var story = DialogStory.timed(1800, false, "UPDATE");
        story.request("UPDATE");
        assertThat(story.lastAnswer().headers().first("Session-Expires")).contains("1800;refresher=uas");
        assertThat(story.lastAnswer().headers().first("Require")).isEmpty();
        story.passSeconds(900);
        assertThat(story.methods()).containsExactly("UPDATE");
    }

    @Test
    void aFarEndThatBringsUpTimersLaterGetsThem() {
        var story = new DialogStory();
        story.request("UPDATE", "Session-Expires", "50;refresher=uac", "Supported", "timer");
        assertThat(story.lastAnswer().status()).isEqualTo(422);
        assertThat(story.lastAnswer().headers().first("Min-SE")).contains("90");
        story.request("INVITE", Optional.of(OFFER), "Session-Expires", "50", "Supported", "timer");
        assertThat(story.lastAnswer().status()).isEqualTo(422);
        assertThat(story.told).isEmpty();
        story.request("UPDATE", "Session-Expires", "90;refresher=uac", "Supported", "timer")
                .passSeconds(60);
        assertThat(story.methods()).containsExactly("BYE");
    }

    @Test
    void aRefreshThatIsDueWaitsForWhatIsOpen() {
        var story = DialogStory.timed(1800, true, "UPDATE");
        story.passSeconds(895).offerAgain(OFFER).passSeconds(6);
        assertThat(story.methods()).containsExactly("INVITE");
        story.respond(story.last(), 488);
        assertThat(story.methods()).containsExactly("INVITE", "UPDATE");

        var refreshed = DialogStory.timed(1800, true, "UPDATE");
        refreshed.passSeconds(895).offerAgain(OFFER).passSeconds(6);
        refreshed.respond(refreshed.last(), 200, Optional.of(ANSWER), "Session-Expires", "1800;refresher=uac");
        refreshed.passSeconds(899);
        assertThat(refreshed.methods()).as("the offer was a refresh, too").containsExactly("INVITE", "ACK");
    }

    @Test
    void wakeUpsThatAreLateOrDoubledChangeNothing() {
        var story = DialogStory.timed(1800, true, "UPDATE");
        story.event(new DialogEvent.Woken()).oversleepSeconds(1700);
        assertThat(story.methods()).containsExactly("UPDATE");
        story.respond(story.last(), 200, "Session-Expires", "1800;refresher=uac")
                .oversleepSeconds(7200);
        assertThat(story.methods()).containsExactly("UPDATE", "BYE");
    }

    @Test
    void anEndedSessionIsRefreshedNoMore() {
        var story = DialogStory.timed(90, true, "UPDATE");
        story.request("BYE").passSeconds(200);
        assertThat(story.sent).isEmpty();
        assertThat(story.ends()).hasSize(1);
    }
}
