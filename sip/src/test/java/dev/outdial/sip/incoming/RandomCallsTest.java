package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingStory.BRANCH;
import static dev.outdial.sip.incoming.IncomingStory.INVITE_KEY;
import static dev.outdial.sip.incoming.IncomingStory.OFFER;
import static dev.outdial.sip.incoming.IncomingStory.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomCallsTest {
    private static final String[] METHODS = {
        "ACK", "BYE", "PRACK", "UPDATE", "INVITE", "INFO", "OPTIONS", "MESSAGE", "CANCEL", "FOO"
    };

    /** Whatever happens in whatever order: no exception, one end, one final answer to the INVITE. */
    @Test
    void anyOrderOfEventsEndsOnceAndAnswersOnce() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            IncomingStory story = begin(random);
            int steps = random.nextInt(30);
            for (int i = 0; i < steps && !story.forgotten; i++) something(story, random);
            if (!story.forgotten) story.hangUp().passSeconds(400);
            if (!story.isOver()) story.passSeconds(400);

            assertThat(story.ends()).as("ends with seed %d", seed).hasSize(1);
            assertThat(story.statuses().stream().filter(s -> s >= 200).distinct())
                    .as("final answers with seed %d", seed)
                    .hasSize(1);
            assertThat(story.released).as("released with seed %d", seed).contains(INVITE_KEY);
        }
    }

    private static IncomingStory begin(Random random) {
        String[] headers = switch (random.nextInt(4)) {
            case 0 -> new String[] {"Require", "100rel"};
            case 1 -> new String[] {"Supported", "100rel, timer", "Session-Expires", "90"};
            case 2 -> new String[] {"Expires", "30"};
            default -> new String[0];
        };
        return random.nextBoolean() ? IncomingStory.invited(headers) : IncomingStory.invitedWithoutOffer(headers);
    }

    private static void something(IncomingStory story, Random random) {
        Optional<MessageBody> body = random.nextBoolean() ? Optional.of(OFFER) : Optional.empty();
        switch (random.nextInt(20)) {
            case 0, 1 -> story.ring(180);
            case 2, 3 -> story.ringWith(183, OURS);
            case 4, 5 -> story.accept();
            case 6 -> story.event(new IncomingEvent.Refuse(488));
            case 7 -> story.event(new IncomingEvent.Reject(603, "", List.of()));
            case 8 -> story.event(new IncomingEvent.Redirect(List.of(SipUri.of("1", "example.com"))));
            case 9 -> story.event(new IncomingEvent.HangUp(OptionalInt.of(16)));
            case 10 -> story.event(new IncomingEvent.Taken(Optional.of(Credentials.of("a", "b"))));
            case 11 -> story.cancel();
            case 12 -> story.inviteAgain(random.nextBoolean() ? BRANCH : "z9hG4bKother", 7 + random.nextInt(2));
            case 13 -> story.ack(body);
            case 14 -> {
                if (story.latest().headers().first("RSeq").isPresent()) story.prack(8 + random.nextInt(3), body);
            }
            case 15 -> story.event(new IncomingEvent.Within(wish(random)));
            case 16 -> {
                if (!story.sent.isEmpty()) {
                    story.respond(story.sent.get(random.nextInt(story.sent.size())), 200 + random.nextInt(400));
                }
            }
            case 17 -> story.passMillis(random.nextInt(2_000));
            case 18 -> story.passSeconds(random.nextInt(70));
            default -> story.within(METHODS[random.nextInt(METHODS.length)], 5 + random.nextInt(10), body);
        }
    }

    private static DialogEvent wish(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new DialogEvent.OfferAgain(OURS);
            case 1 -> new DialogEvent.SendInfo(MessageBody.ofText("application/dtmf-relay", "Signal=1"));
            case 2 -> new DialogEvent.Refer("sip:x@example.com", Optional.empty());
            default -> new DialogEvent.Woken();
        };
    }
}
