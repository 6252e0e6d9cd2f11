package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.event.SessionEvent.Provisional;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.session.InviteAction.Report;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** RFC 3263 section 4.3: what one hop does not do, the next one may. */
class FailOverTest {
    @Test
    void a503LeadsToTheNextHopInTheSameCallWithTheNextNumberAndANewBranch() {
        var story = new Story(2);
        OutboundRequest first = story.last();
        story.wireTook(first).respond(first, 100, "").respond(first, 503, "p", "Retry-After", "30");
        OutboundRequest second = story.last();
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(second.hop()).isEqualTo(Story.way(1).hop());
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.request().callId()).isEqualTo(first.request().callId());
        assertThat(second.request().headers().first("CSeq")).contains("2 INVITE");
        assertThat(second.request().headers().first("Contact")).contains("<sip:1000@192.0.2.9:40001>");
        assertThat(second.request().headers().first("From"))
                .isEqualTo(first.request().headers().first("From"));

        story.wireTook(second).respond(second, 200, "t");
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
        assertThat(story.last("ACK").request().headers().first("CSeq")).contains("2 ACK");
        assertThat(story.reports)
                .containsExactly(
                        new Report(Story.way(0).hop(), new HopHealth.Refused(OptionalLong.of(30))),
                        new Report(Story.way(1).hop(), new HopHealth.Answered()));
    }

    @Test
    void the503OfTheLastHopEndsTheCallAndSaysHowLongToWait() {
        var story = new Story(2);
        story.respond(story.last(), 503, "p").respond(story.last(), 503, "p", "Retry-After", "120 (busy)");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED);
        assertThat(story.end().sipStatus()).hasValue(503);
        assertThat(story.end().retryAfterSeconds()).hasValue(120);
    }

    @Test
    void silenceLeadsToTheNextHopByTheTransportsTimerOrOurOwn() {
        var story = new Story(3);
        story.wireTook(story.last()).event(new InviteEvent.TimedOut(story.last().transaction()));
        assertThat(story.last().hop()).isEqualTo(Story.way(1).hop());
        story.wireTook(story.last()).passSeconds(34);
        assertThat(story.last().hop()).isEqualTo(Story.way(2).hop());
        story.wireTook(story.last()).passSeconds(34);
        assertThat(story.end().cause()).isEqualTo(Cause.NO_RESPONSE);
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Ended.class);
        assertThat(story.reports).hasSize(3).allMatch(report -> report.health() instanceof HopHealth.Silent);
    }

    @Test
    void aHopThatCannotBeReachedLeadsToTheNextAndWasNeverInvited() {
        var story = new Story(2);
        story.event(new InviteEvent.Failed(story.last().transaction(), "refused"));
        assertThat(story.told).isEmpty();
        story.event(new InviteEvent.Failed(story.last().transaction(), "refused as well"));
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(story.told).hasExactlyElementsOfTypes(Ended.class);
        assertThat(story.end().reason()).isEqualTo("refused as well");
    }

    @Test
    void anInviteThatWaitsTooLongIsTakenBackAndGoesByTheNextHop() {
        var story = new Story(2).passSeconds(33).takenBack();
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(story.last().hop()).isEqualTo(Story.way(1).hop());
        assertThat(story.told).isEmpty();
    }

    @Test
    void afterAPhoneWasHeardRingingNoOtherHopIsTried() {
        var story = new Story(2);
        story.respond(story.last(), 180, "t").respond(story.last(), 503, "t");
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.end().sipStatus()).hasValue(503);
    }

    @Test
    void aTransportThatBreaksDownAfterTheInviteHasLeftNeitherEndsTheCallNorTriesAnotherHop() {
        for (int status : new int[] {100, 180}) {
            var heard = new Story(2);
            heard.wireTook(heard.last()).respond(heard.last(), status, status == 100 ? "" : "t");
            heard.event(new InviteEvent.Failed(heard.last().transaction(), "started again"));
            assertThat(heard.ends()).isEmpty();
            assertThat(heard.respond(heard.last(), 200, "t").methods()).containsExactly("INVITE", "ACK");
        }

        var silent = new Story(2);
        silent.wireTook(silent.last())
                .event(new InviteEvent.Failed(silent.last().transaction(), "started again"));
        assertThat(silent.methods()).containsExactly("INVITE");
        assertThat(silent.reports).isEmpty();
        silent.passSeconds(34);
        assertThat(silent.last().hop())
                .as("nothing came at all")
                .isEqualTo(Story.way(1).hop());

        var hungUp = new Story(2);
        hungUp.wireTook(hungUp.last()).hangUp();
        hungUp.event(new InviteEvent.Failed(hungUp.last().transaction(), "started again"));
        assertThat(hungUp.ends()).isEmpty();
        assertThat(hungUp.respond(hungUp.last(), 180, "t").methods()).containsExactly("INVITE", "CANCEL");
    }

    @Test
    void anInviteOfASecondHopThatNeverLeftIsGivenUpAtOnce() {
        var story = new Story(3);
        story.wireTook(story.last()).respond(story.last(), 503, "p");
        story.event(new InviteEvent.Failed(story.last().transaction(), "refused"));
        assertThat(story.last().hop()).isEqualTo(Story.way(2).hop());
    }

    @Test
    void ringingByAnEarlierHopDoesNotKeepALaterOneFromFailingOver() {
        var story = new Story(3);
        story.respond(story.last(), 503, "p").respond(story.last(), 100, "").respond(story.last(), 503, "p");
        assertThat(story.last().hop()).isEqualTo(Story.way(2).hop());
    }

    @Test
    void whoeverHungUpIsNotCalledByAnotherHop() {
        for (int status : new int[] {503, 487, 480}) {
            var story = new Story(2);
            story.wireTook(story.last()).hangUp().respond(story.last(), status, "p");
            assertThat(story.methods()).containsExactly("INVITE");
            assertThat(story.ends()).hasSize(1);
        }
        var silent = new Story(2);
        silent.wireTook(silent.last())
                .hangUp()
                .event(new InviteEvent.TimedOut(silent.last().transaction()));
        assertThat(silent.methods()).containsExactly("INVITE");
        assertThat(silent.end().cause()).isEqualTo(Cause.NO_RESPONSE);

        var queued = new Story(2).hangUp().takenBack();
        assertThat(queued.methods()).containsExactly("INVITE");
        assertThat(queued.end().cause()).isEqualTo(Cause.CANCELED);
        assertThat(queued.reports)
                .containsExactly(new InviteAction.Report(Story.way(0).hop(), new HopHealth.Untried()));
    }

    @Test
    void otherRefusalsAreFinal() {
        for (int status : new int[] {404, 413, 415, 416, 480, 486, 500, 504, 600, 603}) {
            var story = new Story(2);
            story.respond(story.last(), status, "p");
            assertThat(story.methods()).containsExactly("INVITE");
            assertThat(story.end().sipStatus()).hasValue(status);
            assertThat(story.reports).containsExactly(new Report(Story.way(0).hop(), new HopHealth.Answered()));
        }
    }

    @Test
    void theNextHopMayChallengeAgain() {
        var story = new Story(2);
        story.challenge(story.last(), 407, "a")
                .challengeStale(story.last(), "a2")
                .respond(story.last(), 503, "p")
                .challenge(story.last(), 407, "b")
                .respond(story.last(), 180, "t");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE", "INVITE", "INVITE", "INVITE");
        assertThat(story.last().request().headers().first("CSeq")).contains("5 INVITE");
        assertThat(story.told.getLast()).isInstanceOf(Provisional.class);
    }

    @Test
    void aLate200OfAHopThatWasGivenUpIsAcknowledgedAndEndedAndTheCallGoesOn() {
        var story = new Story(2);
        OutboundRequest first = story.last();
        story.wireTook(first).event(new InviteEvent.TimedOut(first.transaction()));
        OutboundRequest second = story.last();
        story.wireTook(second).respond(first, 200, "late");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE", "ACK", "BYE");
        assertThat(story.last("ACK").request().headers().first("CSeq")).contains("1 ACK");
        assertThat(story.last("BYE").request().toTag()).isEqualTo("late");
        story.respond(second, 200, "t");
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
        assertThat(story.last("ACK").request().toTag()).isEqualTo("t");
    }
}
