package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingMachine.answered;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingAction.Tell;
import dev.outdial.sip.incoming.IncomingEvent.Requested;
import dev.outdial.sip.incoming.IncomingPhase.EarlyOffer;
import dev.outdial.sip.incoming.IncomingPhase.Ringing;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the acknowledgement of a reliable provisional response leads to (RFC 3262 sections 3 and 5). */
final class Pracks {
    private Pracks() {}

    static IncomingStep received(IncomingState state, Ringing phase, Requested event, long now) {
        Provisionals before = phase.provisionals();
        if (!acknowledges(state.setup(), event.request(), before.unacknowledged())) {
            return IncomingMachine.noDialog(state, event);
        }
        Provisionals.Turn turn = before.acknowledged(state.setup(), now);
        Optional<MessageBody> body = IncomingSetup.description(event.request());
        boolean ourOfferWasOut = before.isDescriptionOut()
                && !before.agreed()
                && state.setup().offer().isEmpty();
        if (ourOfferWasOut) return answersOurs(state, phase, event.key(), body, turn, now);
        if (body.isPresent()) return offers(state, phase, event.key(), body.get(), turn, now);
        return goOn(state, phase.saying(turn.next()), turn, now)
                .after(answered(event.key(), IncomingMachine.ok(state)));
    }

    private static IncomingStep answersOurs(
            IncomingState state,
            Ringing phase,
            long key,
            Optional<MessageBody> answer,
            Provisionals.Turn turn,
            long now) {
        var first = new ArrayList<>(answered(key, IncomingMachine.ok(state)));
        Ringing next = phase.saying(turn.next());
        // Without an answer it stays open: the 2xx makes it again.
        if (answer.isEmpty()) return goOn(state, next, turn, now).after(first);
        first.add(new Tell(new SessionEvent.OfferClosed(answer, OptionalInt.empty(), "OK")));
        Optional<MessageBody> ours = phase.provisionals()
                .unacknowledged()
                .flatMap(out -> out.answer().body());
        return goOn(state.settled(ours), next, turn, now).after(first);
    }

    private static IncomingStep offers(
            IncomingState state, Ringing phase, long key, MessageBody offer, Provisionals.Turn turn, long now) {
        Ringing next = phase.saying(turn.next());
        if (!Early.canTakeOffer(next)) {
            return goOn(state, next, turn, now).after(answered(key, Answers.of(state.setup(), 488)));
        }
        var open = new EarlyOffer(key, false, Early.giveUpAt(now));
        return goOn(state, next.offered(Optional.of(open)), turn, now)
                .after(List.of(new Tell(new SessionEvent.Offered(Optional.of(offer)))));
    }

    /** Says what waited for the PRACK: the next provisional response, or the answer. */
    private static IncomingStep goOn(IncomingState state, Ringing next, Provisionals.Turn turn, long now) {
        IncomingStep said = WhileRinging.said(state, next, turn);
        if (next.held().isEmpty() || turn.next().isDescriptionOut()) return said;
        return WhileRinging.accepted(said.next(), next, next.held().get(), now).after(said.actions());
    }

    /** Whether the RAck names that response (RFC 3262 section 7.2): its number, then number and method of the INVITE. */
    static boolean acknowledges(
            IncomingSetup setup, SipRequest prack, Optional<Provisionals.Unacknowledged> unacknowledged) {
        if (unacknowledged.isEmpty()) return false;
        String[] words = prack.headers().first("RAck").orElse("").strip().split(" +", 4);
        return words.length == 3
                && Headers.leadingNumber(words[0])
                        .filter(number -> number == unacknowledged.get().rseq())
                        .isPresent()
                && Headers.leadingNumber(words[1])
                        .filter(number -> number == setup.cseq())
                        .isPresent()
                && words[2].equalsIgnoreCase("INVITE");
    }
}
