package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.message.OutboundRequest;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByeTest {
    @Test
    void ourByeGoesWithinTheDialogAndItsAnswerIsTheEnd() {
        var story = new DialogStory();
        story.event(new DialogEvent.HangUp(OptionalInt.of(16)));
        OutboundRequest bye = story.last();
        assertThat(bye.request().uri()).isEqualTo("sip:2000@192.0.2.1:5062");
        assertThat(bye.hop().toString()).isEqualTo("udp:192.0.2.1:5062");
        assertThat(bye.branch()).isEqualTo("z9hG4bKb-d-1");
        assertThat(bye.request().headers().toString())
                .isEqualTo(("Headers[entries=[Max-Forwards: 70, "
                        + "From: \"us\" <sip:1000@example.com>;tag=us, To: <sip:2000@example.com>;tag=them, "
                        + "Call-ID: call-1, CSeq: 2 BYE, User-Agent: Outdial/test, Reason: Q.850;cause=16]]"));
        assertThat(story.told).isEmpty();
        story.respond(bye, 100).hangUp();
        assertThat(story.told).isEmpty();
        story.respond(bye, 200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
        assertThat(story.end().by()).isEqualTo(EndedBy.LOCAL);
        assertThat(story.end().answered()).isTrue();
        assertThat(story.methods()).containsExactly("BYE");
        assertThat(story.state().isOver()).isTrue();
    }

    @Test
    void ourByeFollowsTheRouteSet() {
        var story = new DialogStory(setup -> {
            Dialog d = setup.dialog();
            var routed = new Dialog(
                    d.callId(),
                    d.local(),
                    d.remote(),
                    d.remoteTarget(),
                    List.of("<sip:192.0.2.10:5080;lr>", "<sip:192.0.2.20;lr>"),
                    d.firstHop());
            return new DialogSetup(
                    routed,
                    false,
                    setup.contact(),
                    setup.product(),
                    setup.auth(),
                    0,
                    7,
                    setup.tokens(),
                    setup.infoTypes(),
                    setup.timer(),
                    setup.farEndAllows());
        });
        story.hangUp();
        assertThat(story.last().request().headers().all("Route"))
                .containsExactly("<sip:192.0.2.10:5080;lr>", "<sip:192.0.2.20;lr>");
        assertThat(story.last().request().headers().first("CSeq")).contains("1 BYE");
        assertThat(story.last().hop().toString()).isEqualTo("udp:192.0.2.10:5080");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void aChallengedByeGoesAgainWithCredentials(int status) {
        var story = new DialogStory();
        story.event(new DialogEvent.HangUp(OptionalInt.of(31)));
        OutboundRequest first = story.last();
        story.challenge(first, status, "n1");
        OutboundRequest second = story.last();
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.request().headers().first("CSeq")).contains("3 BYE");
        assertThat(second.request().headers().first("Reason")).contains("Q.850;cause=31");
        String header = status == 401 ? "Authorization" : "Proxy-Authorization";
        assertThat(second.request().headers().first(header).orElseThrow())
                .contains("uri=\"sip:2000@192.0.2.1:5062\"", "nc=00000001", "response=");
        story.respond(first, 200);
        assertThat(story.told).isEmpty();
        story.respond(second, 200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aByeWhoseCredentialsAreRefusedEndsTheSessionAllTheSame() {
        var story = new DialogStory();
        story.hangUp().challenge(story.last(), 407, "n1").challenge(story.last(), 407, "n2");
        assertThat(story.methods()).containsExactly("BYE", "BYE");
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481, 500, 603})
    void anyAnswerToTheByeEndsTheSession(int status) {
        var story = new DialogStory();
        story.hangUp().respond(story.last(), status);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aByeWithoutAnswerEndsTheSessionByTimerFOrASecondAfterIt() {
        var story = new DialogStory();
        story.hangUp().event(new DialogEvent.TimedOut(story.last().transaction()));
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);

        var dead = new DialogStory();
        dead.hangUp().passMillis(32_999);
        assertThat(dead.told).isEmpty();
        dead.passMillis(1);
        assertThat(dead.end().cause()).isEqualTo(Cause.LOCAL_BYE);

        var unsent = new DialogStory();
        unsent.hangUp().event(new DialogEvent.Failed(unsent.last().transaction(), "no route"));
        assertThat(unsent.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void theFarEndsByeIsAnsweredAndItsCauseTold() {
        var story = new DialogStory();
        story.request("BYE", "Reason", "SIP;cause=200", "Reason", "Q.850;cause=16;text=\"Normal\"");
        assertThat(story.statuses()).containsExactly(200);
        assertThat(story.released).containsExactly(1L);
        assertThat(story.end().cause()).isEqualTo(Cause.REMOTE_BYE);
        assertThat(story.end().by()).isEqualTo(EndedBy.REMOTE);
        assertThat(story.end().q850()).hasValue(16);
        story.hangUp();
        assertThat(story.sent).isEmpty();
    }

    @Test
    void crossingByesAreBothAnsweredAndEndItOnce() {
        var story = new DialogStory();
        story.hangUp().request("BYE").respond(story.last(), 481);
        assertThat(story.statuses()).containsExactly(200);
        assertThat(story.end().cause()).isEqualTo(Cause.LOCAL_BYE);
    }

    @Test
    void aByeSaidAgainIsAnsweredAgainUntilEverythingIsForgotten() {
        var story = new DialogStory();
        story.request("BYE").passMillis(32_999).request("BYE");
        assertThat(story.statuses()).containsExactly(200, 200);
        assertThat(story.state().isForgotten()).isFalse();
        story.passMillis(1);
        assertThat(story.state().isForgotten()).isTrue();
        assertThat(story.state().nextDeadlineNanos()).isEmpty();
        story.request("BYE").hangUp();
        assertThat(story.statuses()).containsExactly(200, 200);
        assertThat(story.ends()).hasSize(1);
    }

    @Test
    void afterTheEndNothingElseIsADialogAnyMore() {
        var story = new DialogStory();
        story.request("BYE").request("INFO").request("ACK");
        assertThat(story.statuses()).containsExactly(200, 481);
        assertThat(story.released).containsExactly(1L, 2L, 3L);
    }
}
