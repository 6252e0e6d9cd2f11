package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in whatever order: nothing throws, nothing grows, and there is one end. */
class RandomDialogTest {
    private static final int STORIES = 2_000;
    private static final int EVENTS = 120;
    private static final String[] METHODS = {
        "INVITE", "INVITE", "UPDATE", "ACK", "ACK", "CANCEL", "INFO", "NOTIFY", "REFER", "OPTIONS", "PRACK", "FOO",
        "BYE"
    };
    private static final int[] STATUSES = {
        100, 180, 200, 200, 200, 202, 401, 407, 408, 422, 481, 488, 491, 500, 503, 699
    };
    private static final String[][] HEADERS = {
        {},
        {},
        {"Session-Expires", "1800;refresher=uac", "Supported", "timer"},
        {"Session-Expires", "90;refresher=uas"},
        {"Session-Expires", "1"},
        {"Session-Expires", "9999999999;refresher="},
        {"Require", "foo,,timer"},
        {"Contact", "<sip:2000@192.0.2.99>"},
        {"Contact", "<>;;,"},
        {"Allow", "INVITE, UPDATE"},
        {"Retry-After", "3"},
        {"Min-SE", "200"},
        {"Event", "refer", "Subscription-State", "active"},
        {"Event", "refer", "Subscription-State", "terminated"},
        {"WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", stale=true"},
        {"Proxy-Authenticate", "Digest realm=\"other\""},
    };
    private static final List<Optional<MessageBody>> BODIES = List.of(
            Optional.empty(),
            Optional.of(DialogStory.OFFER),
            Optional.of(DialogStory.ANSWER),
            Optional.of(MessageBody.ofText("message/sipfrag", "SIP/2.0 180 Ringing")),
            Optional.of(MessageBody.ofText("message/sipfrag", "SIP/2.0 200 OK")),
            Optional.of(MessageBody.ofText("application/dtmf-relay", "Signal=1")),
            Optional.of(MessageBody.ofText("text/plain", "")));

    @Test
    void everyStoryEndsOnce() {
        var told = new HashMap<String, Integer>();
        for (int seed = 0; seed < STORIES; seed++) {
            try {
                DialogStory story = play(new Random(seed));
                for (SessionEvent event : story.told) {
                    String name = event instanceof Ended ended
                            ? ended.end().cause().name()
                            : event.getClass().getSimpleName();
                    told.merge(name, 1, Integer::sum);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        // They are odd, but not so odd that nothing happens in them.
        assertThat(told)
                .containsOnlyKeys(
                        "Offered",
                        "OfferClosed",
                        "OfferWithdrawn",
                        "Info",
                        "TransferProgress",
                        "LOCAL_BYE",
                        "REMOTE_BYE",
                        "SESSION_EXPIRED",
                        "NOT_ACKNOWLEDGED");
        assertThat(told.get("OfferClosed")).isGreaterThan(1_000);
    }

    private static DialogStory play(Random random) {
        DialogStory story = switch (random.nextInt(4)) {
            case 0 -> new DialogStory();
            case 1 -> DialogStory.called();
            case 2 -> DialogStory.timed(90 + random.nextInt(2000), true, random.nextBoolean() ? "UPDATE" : "BYE");
            default -> DialogStory.timed(90 + random.nextInt(2000), false, "UPDATE");
        };
        for (int i = 0; i < EVENTS; i++) {
            // A BYE that comes soon leaves little to see.
            boolean early = i < EVENTS - 20;
            anything(story, random, early);
            assertBounded(story);
        }
        story.hangUp();
        assertThat(story.state().isGoing()).isFalse();
        // Nobody answers any more.
        story.passSeconds(33);
        assertThat(story.ends()).hasSize(1);
        assertThat(story.end()).isNotNull();
        story.passSeconds(33);
        assertThat(story.state().isForgotten()).isTrue();
        int sent = story.sent.size();
        int answered = story.answers.size();
        for (int i = 0; i < 10; i++) anything(story, random, false);
        assertThat(story.sent).hasSize(sent);
        assertThat(story.answers).hasSize(answered);
        assertThat(story.ends()).hasSize(1);
        assertAnsweredOnce(story);
        return story;
    }

    private static void anything(DialogStory story, Random random, boolean early) {
        switch (random.nextInt(14)) {
            case 0 -> story.offerAgain(DialogStory.OFFER);
            case 1 -> story.accept(DialogStory.ANSWER);
            case 2 -> story.refuse(random.nextBoolean() ? 488 : 300 + random.nextInt(400));
            case 3 -> story.event(new DialogEvent.SendInfo(DialogStory.OFFER));
            case 4 -> story.event(new DialogEvent.Refer("sip:a@b", Optional.of("x;y")));
            case 5 -> story.passMillis(random.nextInt(10) == 0 ? 40_000 : random.nextInt(3_000));
            case 6 -> {
                if (random.nextInt(20) == 0) story.oversleepSeconds(random.nextInt(100));
            }
            case 7 -> {
                if (!early) story.event(new DialogEvent.HangUp(OptionalInt.of(random.nextInt(128))));
            }
            case 8, 9, 10 -> {
                String method = pick(METHODS, random);
                if (method.equals("BYE") && early) return;
                int back = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
                Optional<MessageBody> body = BODIES.get(random.nextInt(BODIES.size()));
                if (back == 0 && !method.equals("ACK")) story.request(method, body, pick(HEADERS, random));
                else story.requestNumbered(story.remoteCseq() - back, method, body, pick(HEADERS, random));
            }
            default -> {
                if (story.sent.isEmpty()) return;
                int recent = Math.max(0, story.sent.size() - 1 - random.nextInt(3));
                OutboundRequest request = story.sent.get(recent);
                int fate = random.nextInt(60);
                if (fate == 0) story.timesOut(request);
                else if (fate == 1) story.event(new DialogEvent.Failed(request.transaction(), "no route"));
                else {
                    int status = STATUSES[random.nextInt(STATUSES.length)];
                    if (early && (status == 408 || status == 481)) status = 486;
                    story.respond(request, status, BODIES.get(random.nextInt(BODIES.size())), pick(HEADERS, random));
                }
            }
        }
    }

    private static <T> T pick(T[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    private static void assertBounded(DialogStory story) {
        DialogState state = story.state();
        assertThat(state.infos().waiting()).hasSizeLessThanOrEqualTo(32);
        assertThat(state.ids().farEndAllows()).hasSizeLessThanOrEqualTo(32);
        assertThat(state.dialog().routes()).isEmpty();
    }

    /** Nothing of the far end's is left without a final answer, and a request that may be answered once is answered once. */
    private static void assertAnsweredOnce(DialogStory story) {
        var open = new ArrayList<>(story.keysOf("INFO", "OPTIONS", "UPDATE", "BYE", "CANCEL", "NOTIFY", "REFER"));
        for (long key : open) {
            if (story.afterForgetting(key)) continue;
            assertThat(story.answersTo(key)).as("answers to " + key).hasSize(1);
            assertThat(story.released).contains(key);
        }
        for (long key : story.keysOf("INVITE", "ACK")) {
            if (!story.afterForgetting(key)) assertThat(story.released).contains(key);
        }
    }
}
