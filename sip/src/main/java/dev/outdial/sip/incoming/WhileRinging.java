package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingMachine.answer;
import static dev.outdial.sip.incoming.IncomingMachine.answered;

import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingAction.Release;
import dev.outdial.sip.incoming.IncomingAction.Reply;
import dev.outdial.sip.incoming.IncomingAction.Tell;
import dev.outdial.sip.incoming.IncomingEvent.Accept;
import dev.outdial.sip.incoming.IncomingEvent.HangUp;
import dev.outdial.sip.incoming.IncomingEvent.Redirect;
import dev.outdial.sip.incoming.IncomingEvent.Refuse;
import dev.outdial.sip.incoming.IncomingEvent.Reject;
import dev.outdial.sip.incoming.IncomingEvent.Requested;
import dev.outdial.sip.incoming.IncomingEvent.Ring;
import dev.outdial.sip.incoming.IncomingEvent.Taken;
import dev.outdial.sip.incoming.IncomingEvent.Within;
import dev.outdial.sip.incoming.IncomingEvent.Woken;
import dev.outdial.sip.incoming.IncomingPhase.Accepted;
import dev.outdial.sip.incoming.IncomingPhase.EarlyOffer;
import dev.outdial.sip.incoming.IncomingPhase.Over;
import dev.outdial.sip.incoming.IncomingPhase.Ringing;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is done before the final response. */
final class WhileRinging {
    private WhileRinging() {}

    static IncomingStep step(IncomingState state, Ringing phase, IncomingEvent event, long now) {
        return switch (event) {
            case Requested e -> requested(state, phase, e, now);
            case Ring e -> ring(state, phase, e, now);
            case Accept e -> accept(state, phase, e.description(), now);
            case Reject e -> reject(state, phase, e, now);
            case Redirect e ->
                finish(
                        state,
                        phase,
                        Answers.redirected(state.setup(), e.contacts()),
                        Ends.refused(302, Answers.reasonOf(302)),
                        now);
            case Refuse e ->
                phase.offer().isPresent()
                        ? offerRefused(state, phase, phase.offer().get(), e.status())
                        : reject(state, phase, new Reject(e.status(), "", List.of()), now);
            // RFC 3261 15.1.2 leaves a BYE before the ACK to the caller.
            case HangUp e -> reject(state, phase, new Reject(480, "", List.of()), now);
            case Within e -> Early.onlyWithin(state, e.event());
            case Woken e -> woken(state, phase, now);
            case Taken e -> IncomingStep.to(state);
        };
    }

    private static IncomingStep requested(IncomingState state, Ringing phase, Requested event, long now) {
        return switch (Arrival.of(state.setup(), event)) {
            case AGAIN ->
                IncomingStep.to(
                        state, new Reply(event.key(), phase.provisionals().latest()), new Release(event.key()));
            case MERGED -> answer(state, event.key(), IncomingMachine.merged(state));
            case CANCEL -> canceled(state, phase, event, now);
            case WITHIN -> Early.requested(state, phase, event, now);
            case STRAY -> IncomingMachine.noDialog(state, event);
        };
    }

    /** CANCEL, or a BYE before the answer: both have their answer, and so has the INVITE. */
    static IncomingStep canceled(IncomingState state, Ringing phase, Requested event, long now) {
        SipAnswer terminated = Answers.of(state.setup(), 487);
        return finish(state, phase, terminated, Ends.canceled(event.request()), now)
                .after(answered(event.key(), IncomingMachine.ok(state)));
    }

    private static IncomingStep ring(IncomingState state, Ringing phase, Ring event, long now) {
        // What is answered does not ring any more.
        if (phase.held().isPresent()) return IncomingStep.to(state);
        return said(state, phase, phase.provisionals().ring(state.setup(), event.status(), event.body(), now));
    }

    static IncomingStep said(IncomingState state, Ringing phase, Provisionals.Turn turn) {
        IncomingState next = state.in(phase.saying(turn.next()));
        return turn.answer()
                .map(answer -> IncomingStep.to(next, new Reply(phase.inviteKey(), answer)))
                .orElseGet(() -> IncomingStep.to(next));
    }

    private static IncomingStep accept(IncomingState state, Ringing phase, MessageBody description, long now) {
        if (phase.offer().isPresent()) {
            return offerAccepted(state, phase, phase.offer().get(), description);
        }
        if (!phase.provisionals().isDescriptionOut()) return accepted(state, phase, description, now);
        Ringing held = phase.saying(phase.provisionals().waitingFor(List.of()));
        return IncomingStep.to(state.in(held.holding(description)));
    }

    /** Says 200: with the answer to the caller's offer, with ours, or with nothing where both were agreed on before. */
    static IncomingStep accepted(IncomingState state, Ringing phase, MessageBody description, long now) {
        IncomingSetup setup = state.setup();
        boolean callerOffers = setup.offer().isPresent();
        // RFC 3262 5: a description here would be another offer.
        boolean done = state.settled().isPresent();
        SessionTimer.Asked.Agreed interval = interval(setup);
        SipAnswer answer =
                Answers.accepted(setup, interval.headers(), done ? Optional.empty() : Optional.of(description));
        var next = new Accepted(
                phase.inviteKey(),
                answer,
                state.settled().orElse(description),
                Repetition.ofFinal(now),
                phase.provisionals().unacknowledged(),
                !callerOffers && !done,
                interval.terms(),
                Optional.empty());
        return IncomingStep.to(state.in(next), new Reply(phase.inviteKey(), answer));
    }

    private static SessionTimer.Asked.Agreed interval(IncomingSetup setup) {
        return switch (SessionTimer.ofRequest(setup.invite().headers())) {
            case SessionTimer.Asked.Agreed agreed -> agreed;
            // OutOfDialog has refused that.
            case SessionTimer.Asked.TooSmall asked -> new SessionTimer.Asked.Agreed(Optional.empty(), List.of());
        };
    }

    private static IncomingStep offerAccepted(
            IncomingState state, Ringing phase, EarlyOffer offer, MessageBody description) {
        SipAnswer ok = IncomingMachine.ok(state).carrying(description);
        SipAnswer answer = offer.refreshesTarget() ? ok.plus("Contact", Answers.contact(state.setup())) : ok;
        IncomingState next = state.settled(Optional.of(description)).in(phase.offered(Optional.empty()));
        return answer(next, offer.key(), answer);
    }

    private static IncomingStep offerRefused(IncomingState state, Ringing phase, EarlyOffer offer, int status) {
        return answer(state.in(phase.offered(Optional.empty())), offer.key(), Answers.of(state.setup(), status));
    }

    private static IncomingStep reject(IncomingState state, Ringing phase, Reject event, long now) {
        SipAnswer answer = Answers.rejected(state.setup(), event.status(), event.reason(), event.headers());
        return finish(state, phase, answer, Ends.refused(event.status(), answer.reason()), now);
    }

    private static IncomingStep finish(IncomingState state, Ringing phase, SipAnswer answer, SessionEnd end, long now) {
        var actions = new ArrayList<IncomingAction>();
        // RFC 3261 15.1.2: what is still open is answered as well.
        phase.offer().ifPresent(offer -> actions.addAll(answered(offer.key(), Answers.of(state.setup(), 487))));
        actions.addAll(answered(phase.inviteKey(), answer));
        actions.add(new Tell(new SessionEvent.Ended(end)));
        return new IncomingStep(state.in(new Over(answer, now + IncomingTimer.LINGER.nanos())), actions);
    }

    private static IncomingStep woken(IncomingState state, Ringing phase, long now) {
        if (phase.offer().isPresent() && now - phase.offer().get().giveUpAtNanos() >= 0) {
            IncomingStep refused = offerRefused(state, phase, phase.offer().get(), 488);
            return IncomingStep.to(refused.next(), new Tell(new SessionEvent.OfferWithdrawn()))
                    .after(refused.actions());
        }
        if (phase.provisionals().isLost(now)) {
            SipAnswer answer = Answers.rejected(state.setup(), 500, "No PRACK", List.of());
            return finish(state, phase, answer, Ends.provisionalNotAcknowledged(), now);
        }
        if (now - phase.deadline().atNanos() >= 0) return tooLate(state, phase, now);
        return said(state, phase, phase.provisionals().due(state.setup(), now));
    }

    private static IncomingStep tooLate(IncomingState state, Ringing phase, long now) {
        if (phase.deadline().byTheCaller()) {
            return finish(state, phase, Answers.of(state.setup(), 487), Ends.expired(), now);
        }
        SessionEnd end = new SessionEnd(
                SessionEnd.Cause.REJECTED_HERE,
                SessionEnd.EndedBy.LOCAL,
                OptionalInt.of(480),
                "not answered within three minutes",
                OptionalInt.empty(),
                false);
        return finish(state, phase, Answers.of(state.setup(), 480), end, now);
    }
}
