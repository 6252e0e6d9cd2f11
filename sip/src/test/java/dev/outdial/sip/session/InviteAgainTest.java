package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.OutboundRequest;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Final responses after which the same call is tried once more in another way, and those after which it is not. */
class InviteAgainTest {
    @Test
    void aLongerSessionIsAskedForOnceWhereTheFarEndWantsThat() {
        var story = new Story();
        Headers first = story.last().request().headers();
        assertThat(first.first("Session-Expires").orElseThrow()).startsWith("1800");
        assertThat(first.first("Min-SE")).contains("90");
        story.wireTook(story.last()).respond(story.last(), 422, "p", "Min-SE", "3600");
        OutboundRequest second = story.last();
        assertThat(second.request().headers().first("Session-Expires").orElseThrow())
                .startsWith("3600");
        assertThat(second.request().headers().first("Min-SE")).contains("3600");
        assertThat(second.request().headers().first("CSeq")).contains("2 INVITE");
        story.respond(second, 422, "p", "Min-SE", "7200");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(story.end().sipStatus()).hasValue(422);
    }

    @Test
    void a422ThatMakesNoSenseIsFinal() {
        for (String least : new String[] {"", "x", "90", "4294967295"}) {
            var story = new Story();
            if (least.isEmpty()) story.respond(story.last(), 422, "p");
            else story.respond(story.last(), 422, "p", "Min-SE", least);
            assertThat(story.methods()).as(least).containsExactly("INVITE");
            assertThat(story.end().sipStatus()).hasValue(422);
        }
    }

    @Test
    void whatTheFarEndDoesNotKnowIsLeftOutOnce() {
        var story = new Story(InviteOptions.USUAL.requiringReliable());
        story.respond(story.last(), 420, "p", "Unsupported", "100REL, timer", "Unsupported", "foo, replaces");
        Headers second = story.last().request().headers();
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(second.first("Require")).isEmpty();
        assertThat(second.all("Supported")).isEmpty();
        assertThat(second.first("Session-Expires")).isEmpty();
        assertThat(second.first("Min-SE")).isEmpty();
        story.respond(story.last(), 420, "p", "Unsupported", "timer");
        assertThat(story.methods()).hasSize(2);
        assertThat(story.end().sipStatus()).hasValue(420);

        var senseless = new Story();
        senseless.respond(senseless.last(), 420, "p", "Unsupported", "foo");
        assertThat(senseless.methods()).containsExactly("INVITE");
        assertThat(senseless.end().sipStatus()).hasValue(420);
    }

    @Test
    void a491IsFollowedByOneMoreInviteAfterTwoToFourSeconds() {
        var story = new Story();
        story.wireTook(story.last()).respond(story.last(), 491, "p").passMillis(2_090);
        assertThat(story.methods()).containsExactly("INVITE");
        story.passMillis(1_920);
        assertThat(story.methods()).containsExactly("INVITE", "INVITE");
        assertThat(story.last().request().headers().first("CSeq")).contains("2 INVITE");
        story.respond(story.last(), 491, "p").passSeconds(10);
        assertThat(story.methods()).hasSize(2);
        assertThat(story.end().sipStatus()).hasValue(491);
    }

    @Test
    void hangingUpDuringTheBackOffEndsTheCallAtOnce() {
        var story = new Story();
        story.wireTook(story.last()).respond(story.last(), 491, "p").hangUp();
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
        story.passSeconds(5);
        assertThat(story.methods()).containsExactly("INVITE");
    }

    @Test
    void eachObjectionIsMetOnceInOneCall() {
        var story = new Story();
        story.wireTook(story.last())
                .challenge(story.last(), 407, "n")
                .respond(story.last(), 422, "p", "Min-SE", "1900")
                .respond(story.last(), 420, "p", "Unsupported", "100rel")
                .respond(story.last(), 491, "p")
                .passSeconds(5)
                .respond(story.last(), 200, "t");
        assertThat(story.methods()).containsExactly("INVITE", "INVITE", "INVITE", "INVITE", "INVITE", "ACK");
        OutboundRequest last = story.last("INVITE");
        assertThat(last.request().headers().first("Proxy-Authorization").orElseThrow())
                .contains("nc=00000004");
        assertThat(story.last("ACK").request().headers().first("Proxy-Authorization"))
                .isEqualTo(last.request().headers().first("Proxy-Authorization"));
        assertThat(story.told).hasExactlyElementsOfTypes(Invited.class, Answered.class);
    }

    @Test
    void aRedirectionIsToldBestFirstAndNotFollowed() {
        var story = new Story();
        story.respond(
                story.last(),
                302,
                "p",
                "Contact",
                "<sip:b@192.0.2.2>;q=0.5",
                "Contact",
                "\"A\" <sip:a@192.0.2.1:5070;transport=tcp>;q=0.9",
                "Contact",
                "<tel:+15551234>",
                "Contact",
                "<sip:x@192.0.2.3?Replaces=1>",
                "Contact",
                "nonsense",
                "Contact",
                "<sips:c@example.com>;q=oops");
        assertThat(story.methods()).containsExactly("INVITE");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED);
        assertThat(story.end().redirects())
                .containsExactly("sips:c@example.com", "sip:a@192.0.2.1:5070;transport=tcp", "sip:b@192.0.2.2");

        var many = new Story();
        String[] contacts = new String[200];
        for (int i = 0; i < 100; i++) {
            contacts[2 * i] = "Contact";
            contacts[2 * i + 1] = "<sip:" + i + "@192.0.2.1>";
        }
        many.respond(many.last(), 300, "p", contacts);
        assertThat(many.end().redirects()).hasSize(10).first().isEqualTo("sip:0@192.0.2.1");
    }

    @Test
    void a487ThatNobodyAskedForIsARefusal() {
        var story = new Story();
        story.respond(story.last(), 180, "t").respond(story.last(), 487, "t");
        assertThat(story.end().cause()).isEqualTo(Cause.REJECTED);
        assertThat(story.end().sipStatus()).hasValue(487);
    }

    @Test
    void theCancelCarriesTheCauseAndTheRoutesOfTheInvite() {
        var story = new Story(InviteOptions.USUAL.via(List.of("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>")));
        OutboundRequest invite = story.last();
        assertThat(invite.request().headers().all("Route"))
                .containsExactly("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>");
        story.respond(invite, 180, "t").event(new InviteEvent.HangUp(OptionalInt.of(16)));
        OutboundRequest cancel = story.last("CANCEL");
        assertThat(cancel.request().headers().first("Reason")).contains("Q.850;cause=16");
        assertThat(cancel.request().headers().all("Route"))
                .isEqualTo(invite.request().headers().all("Route"));
        assertThat(cancel.request().headers().first("To"))
                .isEqualTo(invite.request().headers().first("To"));
        story.respond(invite, 200, "t");
        // Within the dialog, its route set counts.
        assertThat(story.last("ACK").request().headers().all("Route")).isEmpty();
    }
}
