package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingMachine.answer;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingAction.Tell;
import dev.outdial.sip.incoming.IncomingEvent.Requested;
import dev.outdial.sip.incoming.IncomingPhase.EarlyOffer;
import dev.outdial.sip.incoming.IncomingPhase.Ringing;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is done with requests within the early dialog, and with wishes that have to wait for the answer. */
final class Early {
    private static final String NOT_YET = "the call is not answered yet";

    private Early() {}

    static IncomingStep requested(IncomingState state, Ringing phase, Requested event, long now) {
        SipRequest request = event.request();
        if (request.method().equals("ACK")) return IncomingStep.to(state);
        Optional<IncomingStep> refused = refused(state, event);
        if (refused.isPresent()) return refused.get();
        IncomingState heard = state.heard(IncomingSetup.numberOf(request));
        return switch (request.method()) {
            case "PRACK" -> Pracks.received(heard, phase, event, now);
            case "UPDATE" -> updated(heard, phase, event, now);
            case "BYE" -> WhileRinging.canceled(heard, phase, event, now);
            // RFC 3261 14.2: the first INVITE has no final response yet.
            case "INVITE" -> answer(heard, event.key(), later(heard));
            default -> unchanging(heard, event);
        };
    }

    /** Of requests within a dialog those that are out of order (RFC 3261 section 12.2.2), and those that demand what we do not know. */
    static Optional<IncomingStep> refused(IncomingState state, Requested event) {
        if (event.request().method().equals("CANCEL")) return Optional.of(IncomingMachine.noDialog(state, event));
        if (IncomingSetup.numberOf(event.request()) < state.remoteCseq()) {
            return Optional.of(
                    answer(state, event.key(), Answers.rejected(state.setup(), 500, "CSeq Out Of Order", List.of())));
        }
        return OutOfDialog.unknownExtension(event.request())
                .map(refusal ->
                        answer(state, event.key(), refusal.tagged(state.setup().localTag())));
    }

    /** Answers what changes nothing. */
    static IncomingStep unchanging(IncomingState state, Requested event) {
        return InDialogRequests.answer(event.request(), state.setup().contact())
                .map(answer ->
                        answer(state, event.key(), answer.tagged(state.setup().localTag())))
                .orElseGet(() -> IncomingStep.to(state));
    }

    static SipAnswer later(IncomingState state) {
        return Answers.of(state.setup(), 500).plus("Retry-After", "2");
    }

    // While ours is on its way to be accepted there is nobody left to ask.
    static boolean canTakeOffer(Ringing phase) {
        return phase.offer().isEmpty()
                && phase.held().isEmpty()
                && phase.provisionals().agreed();
    }

    private static IncomingStep updated(IncomingState state, Ringing phase, Requested event, long now) {
        IncomingState refreshed =
                state.with(state.dialog().refreshedBy(event.request().headers()));
        Optional<MessageBody> offer = IncomingSetup.description(event.request());
        if (offer.isEmpty()) {
            SipAnswer ok = IncomingMachine.ok(state).plus("Contact", Answers.contact(state.setup()));
            return answer(refreshed, event.key(), ok);
        }
        if (!canTakeOffer(phase)) {
            // RFC 3311 5.2: 491 where an offer of ours is open, 500 where one of theirs is.
            boolean ours = phase.provisionals().isDescriptionOut()
                    && state.setup().offer().isEmpty();
            return answer(state, event.key(), ours ? pending(state) : later(state));
        }
        Ringing next = phase.offered(Optional.of(new EarlyOffer(event.key(), true, giveUpAt(now))));
        return IncomingStep.to(refreshed.in(next), new Tell(new SessionEvent.Offered(offer)));
    }

    static SipAnswer pending(IncomingState state) {
        return Answers.rejected(state.setup(), 491, "Request Pending", List.of());
    }

    static long giveUpAt(long now) {
        return now + IncomingTimer.EARLY_OFFER.nanos();
    }

    /** What only an answered call can do comes too early. */
    static IncomingStep onlyWithin(IncomingState state, DialogEvent event) {
        return switch (event) {
            case DialogEvent.OfferAgain e ->
                IncomingStep.to(
                        state, new Tell(new SessionEvent.OfferClosed(Optional.empty(), OptionalInt.of(491), NOT_YET)));
            case DialogEvent.Refer e ->
                IncomingStep.to(state, new Tell(new SessionEvent.TransferProgress(491, NOT_YET, true)));
            default -> IncomingStep.to(state);
        };
    }
}
