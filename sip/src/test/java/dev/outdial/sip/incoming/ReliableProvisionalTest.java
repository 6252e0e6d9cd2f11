package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingStory.OFFER;
import static dev.outdial.sip.incoming.IncomingStory.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Confirmed;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.event.SessionEvent.OfferWithdrawn;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.message.MessageBody;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Provisional responses that are acknowledged (RFC 3262), and offers made before the answer (RFC 3311). */
class ReliableProvisionalTest {
    private static final MessageBody SECOND = MessageBody.ofText(MessageBody.SDP, "v=0 second");

    @Test
    void earlyMediaIsReliableWhereTheCallerCanDoThat() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ring(180);
        assertThat(story.latest().headers().first("RSeq")).isEmpty();
        story.ringWith(183, OURS);
        assertThat(story.latest().headers().first("Require")).contains("100rel");
        long rseq = Long.parseLong(story.latest().headers().first("RSeq").orElseThrow());
        assertThat(rseq).isBetween(1L, 0x7fff_ffffL);
        assertThat(story.statuses(story.prack(8, Optional.empty()))).containsExactly(200);
        story.accept().ack();
        assertThat(story.statuses()).containsExactly(100, 180, 183, 200);
        assertThat(story.told).hasExactlyElementsOfTypes(Confirmed.class);
    }

    @Test
    void whoDemandsItHasEveryProvisionalResponseToAcknowledge() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180).ring(183);
        assertThat(story.statuses()).containsExactly(100, 180);
        String first = story.latest().headers().first("RSeq").orElseThrow();
        story.prack(8, Optional.empty());
        assertThat(story.statuses()).containsExactly(100, 180, 183);
        assertThat(story.latest().headers().first("RSeq").orElseThrow())
                .isEqualTo(Long.toString(Long.parseLong(first) + 1));
    }

    @Test
    void anUnacknowledgedOneIsRepeatedTwiceAsLateEachTimeAndEndsTheCallAtLast() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180).passMillis(31_900);
        assertThat(story.timesOf(180)).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
        story.passSeconds(1);
        assertThat(story.latest().status()).isEqualTo(500);
        assertThat(story.end().cause()).isEqualTo(Cause.NOT_ACKNOWLEDGED);
    }

    @Test
    void aPrackOfSomethingElseIsRefusedAndTheRepetitionGoesOn() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180);
        String rseq = story.latest().headers().first("RSeq").orElseThrow();
        for (String rack : new String[] {"1 7 INVITE", rseq + " 8 INVITE", rseq + " 7 UPDATE", rseq, "x", ""}) {
            assertThat(story.statuses(story.within("PRACK", 8, "RAck", rack))).containsExactly(481);
        }
        story.passMillis(600);
        assertThat(story.timesOf(180)).hasSize(2);
        assertThat(story.statuses(story.within("PRACK", 9, "RAck", rseq + "  7 INVITE")))
                .containsExactly(200);
        story.passSeconds(50);
        assertThat(story.timesOf(180)).hasSize(2);
        assertThat(story.statuses(story.within("PRACK", 10, "RAck", rseq + " 7 INVITE")))
                .containsExactly(481);
    }

    @Test
    void whileItRingsForLongEachReminderHasItsOwnNumber() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180);
        String first = story.latest().headers().first("RSeq").orElseThrow();
        story.prack(8, Optional.empty());
        story.passSeconds(61);
        assertThat(story.timesOf(180)).startsWith(0L, 60_000L);
        assertThat(story.latest().headers().first("RSeq").orElseThrow()).isNotEqualTo(first);
    }

    @Test
    void theAnswerWaitsWhileADescriptionIsNotAcknowledged() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ringWith(183, OURS).accept().ring(180);
        assertThat(story.statuses()).containsExactly(100, 183);
        story.prack(8, Optional.empty());
        assertThat(story.statuses()).containsExactly(100, 183, 200);
        assertThat(story.latest().body()).contains(OURS);
    }

    @Test
    void theAnswerDoesNotWaitForOneWithoutADescriptionAndItsPrackIsStillAnswered() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180);
        String rack = story.latest().headers().first("RSeq").orElseThrow() + " 7 INVITE";
        story.accept();
        assertThat(story.latest().status()).isEqualTo(200);
        assertThat(story.statuses(story.within("PRACK", 8, "RAck", rack))).containsExactly(200);
    }

    @Test
    void ourOfferInAReliableResponseIsAnsweredByItsPrackAndNotMadeAgain() {
        var story = IncomingStory.invitedWithoutOffer("Supported", "100rel");
        story.ringWith(183, OURS);
        story.prack(8, Optional.of(OFFER));
        assertThat(story.told).containsExactly(new OfferClosed(Optional.of(OFFER), OptionalInt.empty(), "OK"));
        story.accept();
        assertThat(story.latest().status()).isEqualTo(200);
        assertThat(story.latest().body()).isEmpty();
        story.ack();
        assertThat(story.told.getLast()).isEqualTo(new Confirmed(Optional.empty()));
    }

    @Test
    void anOfferInAPrackIsAnsweredByTheUser() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ringWith(183, OURS);
        long prack = story.prack(8, Optional.of(SECOND));
        assertThat(story.told).containsExactly(new Offered(Optional.of(SECOND)));
        assertThat(story.statuses(prack)).isEmpty();
        story.accept();
        assertThat(story.answerTo(prack).status()).isEqualTo(200);
        assertThat(story.answerTo(prack).body()).contains(OURS);
        assertThat(story.statuses()).containsExactly(100, 183);
        story.accept();
        assertThat(story.statuses()).containsExactly(100, 183, 200);
        // Another description would be another offer.
        assertThat(story.latest().body()).isEmpty();
    }

    @Test
    void anEarlyUpdateIsAnsweredOnceTheFirstExchangeIsDoneWith() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ringWith(183, OURS);
        long tooEarly = story.within("UPDATE", 8, Optional.of(SECOND));
        assertThat(story.answerTo(tooEarly).status()).isEqualTo(500);
        assertThat(story.answerTo(tooEarly).headers().first("Retry-After")).isPresent();
        story.prack(9, Optional.empty());

        long update = story.within("UPDATE", 10, Optional.of(SECOND), "Contact", "<sip:moved@192.0.2.1:5099>");
        assertThat(story.told).containsExactly(new Offered(Optional.of(SECOND)));
        long second = story.within("UPDATE", 11, Optional.of(SECOND));
        assertThat(story.answerTo(second).status()).isEqualTo(500);
        story.event(new IncomingEvent.Refuse(488));
        assertThat(story.statuses(update)).containsExactly(488);
        assertThat(story.ends()).isEmpty();

        story.accept().ack().hangUp();
        assertThat(story.sent.getFirst().request().uri()).isEqualTo("sip:moved@192.0.2.1:5099");
    }

    @Test
    void anEarlyUpdateAgainstOurOpenOfferIsGlare() {
        var story = IncomingStory.invitedWithoutOffer("Supported", "100rel");
        story.ringWith(183, OURS);
        assertThat(story.statuses(story.within("UPDATE", 8, Optional.of(SECOND))))
                .containsExactly(491);
        assertThat(story.statuses(story.within("UPDATE", 9))).containsExactly(200);
    }

    @Test
    void anEarlyOfferThatTheUserDoesNotAnswerIsRefused() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ringWith(183, OURS);
        story.prack(8, Optional.empty());
        long update = story.within("UPDATE", 9, Optional.of(SECOND));
        story.passSeconds(6);
        assertThat(story.statuses(update)).containsExactly(488);
        assertThat(story.told.getLast()).isEqualTo(new OfferWithdrawn());
        story.accept();
        assertThat(story.latest().status()).isEqualTo(200);
    }

    @Test
    void anOpenOfferEndsWithTheCall() {
        var story = IncomingStory.invited("Supported", "100rel");
        story.ringWith(183, OURS);
        long prack = story.prack(8, Optional.of(SECOND));
        story.cancel();
        assertThat(story.statuses(prack)).containsExactly(487);
        assertThat(story.statuses()).containsExactly(100, 183, 487);
        assertThat(story.end().cause()).isEqualTo(Cause.CANCELED);
    }

    @Test
    void anOfferInAPrackOfABareResponseIsRefused() {
        var story = IncomingStory.invited("Require", "100rel");
        story.ring(180);
        assertThat(story.statuses(story.prack(8, Optional.of(SECOND)))).containsExactly(488);
        story.passSeconds(20);
        assertThat(story.timesOf(180)).hasSize(1);
    }
}
