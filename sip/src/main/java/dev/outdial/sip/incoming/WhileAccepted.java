package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingMachine.answer;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.DialogMachine;
import dev.outdial.sip.dialog.DialogSetup;
import dev.outdial.sip.dialog.DialogStep;
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
import dev.outdial.sip.incoming.IncomingPhase.Confirmed;
import dev.outdial.sip.message.MessageBody;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is done between our 2xx and its ACK (RFC 3261 section 13.3.1.4). */
final class WhileAccepted {
    private static final String NO_ACK = "the answer was not acknowledged within 32 seconds";
    private static final String NO_ANSWER = "the ACK brought no answer to our offer";

    private WhileAccepted() {}

    static IncomingStep step(IncomingState state, Accepted phase, IncomingEvent event, long now) {
        return switch (event) {
            case Requested e -> requested(state, phase, e, now);
            case HangUp e -> IncomingStep.to(state.in(phase.hungUp(e.q850())));
            case Woken e -> woken(state, phase, now);
            case Within e -> Early.onlyWithin(state, e.event());
            case Taken e -> IncomingStep.to(state);
            case Ring e -> IncomingStep.to(state);
            case Accept e -> IncomingStep.to(state);
            case Reject e -> IncomingStep.to(state);
            case Redirect e -> IncomingStep.to(state);
            case Refuse e -> IncomingStep.to(state);
        };
    }

    private static IncomingStep requested(IncomingState state, Accepted phase, Requested event, long now) {
        return switch (Arrival.of(state.setup(), event)) {
            case AGAIN -> answer(state, event.key(), phase.answer());
            case MERGED -> answer(state, event.key(), IncomingMachine.merged(state));
            // RFC 3261 9.2: it crossed our 2xx, and the call goes on.
            case CANCEL -> answer(state, event.key(), IncomingMachine.ok(state));
            case WITHIN -> within(state, phase, event, now);
            case STRAY -> IncomingMachine.noDialog(state, event);
        };
    }

    private static IncomingStep within(IncomingState state, Accepted phase, Requested event, long now) {
        if (event.request().method().equals("ACK")) {
            boolean ours =
                    IncomingSetup.numberOf(event.request()) == state.setup().cseq();
            return ours
                    ? acknowledged(state, phase, IncomingSetup.description(event.request()), now)
                    : IncomingStep.to(state);
        }
        Optional<IncomingStep> refused = Early.refused(state, event);
        if (refused.isPresent()) return refused.get();
        IncomingState heard = state.heard(IncomingSetup.numberOf(event.request()));
        return switch (event.request().method()) {
            // The caller may end it without having acknowledged (RFC 3261 15).
            case "BYE" ->
                begin(heard, phase, Optional.empty(), now)
                        .then(new DialogEvent.Requested(event.key(), event.request()), now)
                        .after(List.of(new Release(phase.inviteKey())));
            // RFC 3262 3: PRACKs of what was said before are still answered.
            case "PRACK" ->
                Pracks.acknowledges(state.setup(), event.request(), phase.pending())
                        ? answer(heard, event.key(), IncomingMachine.ok(state))
                        : IncomingMachine.noDialog(state, event);
            // RFC 5407 3.1.4: it overtook the ACK, and may be sent again after it.
            case "INVITE", "UPDATE" -> answer(heard, event.key(), Early.pending(state));
            default -> Early.unchanging(heard, event);
        };
    }

    private static IncomingStep acknowledged(
            IncomingState state, Accepted phase, Optional<MessageBody> body, long now) {
        if (phase.answeredByAck() && body.isEmpty() && phase.hangUp().isEmpty()) {
            return byeWithout(state, phase, NO_ANSWER, now);
        }
        Begun begun = begin(state, phase, Optional.empty(), now);
        var told = new SessionEvent.Confirmed(phase.answeredByAck() ? body : Optional.empty());
        List<IncomingAction> first = List.of(new Release(phase.inviteKey()), new Tell(told));
        return phase.hangUp()
                .map(held -> begun.then(new DialogEvent.HangUp(held.q850()), now))
                .orElseGet(begun::step)
                .after(first);
    }

    private static IncomingStep woken(IncomingState state, Accepted phase, long now) {
        if (phase.repetition().isOver(now)) {
            return phase.hangUp()
                    .map(held -> begin(state, phase, Optional.empty(), now)
                            .then(new DialogEvent.HangUp(held.q850()), now)
                            .after(List.of(new Release(phase.inviteKey()))))
                    .orElseGet(() -> byeWithout(state, phase, NO_ACK, now));
        }
        if (!phase.repetition().isDue(now)) return IncomingStep.to(state);
        return IncomingStep.to(
                state.in(phase.repeated(phase.repetition().again(now))), new Reply(phase.inviteKey(), phase.answer()));
    }

    private static IncomingStep byeWithout(IncomingState state, Accepted phase, String why, long now) {
        return begin(state, phase, Optional.of(Ends.notAcknowledged(why)), now)
                .then(new DialogEvent.HangUp(OptionalInt.empty()), now)
                .after(List.of(new Release(phase.inviteKey())));
    }

    /** A dialog that has begun, and what that led to. */
    private record Begun(IncomingStep step, Confirmed phase) {
        IncomingStep then(DialogEvent event, long now) {
            DialogStep next = DialogMachine.step(phase.dialog(), event, now);
            return WhileConfirmed.take(step.next(), phase, next).after(step.actions());
        }
    }

    private static Begun begin(IncomingState state, Accepted phase, Optional<SessionEnd> endsAs, long now) {
        DialogStep first = DialogMachine.confirmed(setup(state, phase), now);
        var confirmed = new Confirmed(first.next(), phase.answer(), endsAs);
        return new Begun(WhileConfirmed.take(state, confirmed, first), confirmed);
    }

    private static DialogSetup setup(IncomingState state, Accepted phase) {
        IncomingSetup setup = state.setup();
        return new DialogSetup(
                state.dialog(),
                false,
                setup.contact(),
                setup.product(),
                DigestAuth.of(state.credentials()),
                0,
                state.remoteCseq(),
                setup.tokens().within("d"),
                setup.infoTypes(),
                phase.timer(),
                setup.farEndAllows(),
                Optional.of(phase.ours()));
    }
}
