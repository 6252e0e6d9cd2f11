package dev.outdial.sip.incoming;

import dev.outdial.sip.incoming.IncomingAction.Forget;
import dev.outdial.sip.incoming.IncomingAction.Release;
import dev.outdial.sip.incoming.IncomingAction.Reply;
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
import dev.outdial.sip.incoming.IncomingPhase.Deadline;
import dev.outdial.sip.incoming.IncomingPhase.Over;
import dev.outdial.sip.incoming.IncomingPhase.Ringing;
import dev.outdial.sip.message.SipAnswer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides what becomes of an INVITE to us (RFC 3261 sections 8.2, 9.2, 12.1.1, 13.3; RFC 3262; RFC 3311): one final answer and one end,
 * whatever is late, lost, doubled or merged. Once the ACK came, {@link dev.outdial.sip.dialog.DialogMachine} decides. Pure. What repeats the
 * answers other than 2xx and reliable provisional ones is the transport.
 */
public final class IncomingMachine {
    private IncomingMachine() {}

    /**
     * Begins a call: the first step says that the INVITE came.
     *
     * @param inviteKey names the INVITE in the actions that answer it
     */
    public static IncomingStep start(IncomingSetup setup, long inviteKey, long nowNanos) {
        Provisionals trying = Provisionals.trying(setup, nowNanos);
        var phase = new Ringing(inviteKey, trying, Optional.empty(), Optional.empty(), deadline(setup, nowNanos));
        var state = new IncomingState(setup, phase, setup.dialog(), Optional.empty(), setup.cseq(), Optional.empty());
        return IncomingStep.to(state, new Reply(inviteKey, trying.latest()));
    }

    private static Deadline deadline(IncomingSetup setup, long now) {
        long ours = IncomingTimer.RINGING.nanos();
        long theirs = setup.invite()
                .headers()
                .seconds("Expires")
                .filter(seconds -> seconds > 0)
                .map(TimeUnit.SECONDS::toNanos)
                .orElse(Long.MAX_VALUE);
        return new Deadline(now + Math.min(ours, theirs), theirs < ours);
    }

    /** What an event leads to. */
    public static IncomingStep step(IncomingState state, IncomingEvent event, long nowNanos) {
        if (event instanceof Taken taken) return IncomingStep.to(state.with(taken.credentials()));
        return switch (state.phase()) {
            case Ringing p -> WhileRinging.step(state, p, event, nowNanos);
            case Accepted p -> WhileAccepted.step(state, p, event, nowNanos);
            case Confirmed p -> WhileConfirmed.step(state, p, event, nowNanos);
            case Over p -> whileOver(state, p, event, nowNanos);
        };
    }

    private static IncomingStep whileOver(IncomingState state, Over phase, IncomingEvent event, long now) {
        return switch (event) {
            case Requested e ->
                switch (Arrival.of(state.setup(), e)) {
                    case AGAIN -> answer(state, e.key(), phase.answer());
                    case MERGED -> answer(state, e.key(), merged(state));
                    // RFC 3261 9.2: it has no effect any more.
                    case CANCEL -> answer(state, e.key(), ok(state));
                    case WITHIN, STRAY -> noDialog(state, e);
                };
            case Woken e ->
                now - phase.forgetAtNanos() < 0 ? IncomingStep.to(state) : IncomingStep.to(state, new Forget());
            case Taken e -> IncomingStep.to(state);
            case Ring e -> IncomingStep.to(state);
            case Accept e -> IncomingStep.to(state);
            case Reject e -> IncomingStep.to(state);
            case Redirect e -> IncomingStep.to(state);
            case Refuse e -> IncomingStep.to(state);
            case HangUp e -> IncomingStep.to(state);
            case Within e -> IncomingStep.to(state);
        };
    }

    /** A final answer, after which the request is done with. */
    static IncomingStep answer(IncomingState state, long key, SipAnswer answer) {
        return new IncomingStep(state, answered(key, answer));
    }

    static List<IncomingAction> answered(long key, SipAnswer answer) {
        return List.of(new Reply(key, answer), new Release(key));
    }

    static IncomingStep noDialog(IncomingState state, Requested event) {
        if (event.request().method().equals("ACK")) return IncomingStep.to(state);
        return answer(state, event.key(), Answers.rejected(state.setup(), 481, OutOfDialog.NO_DIALOG, List.of()));
    }

    static SipAnswer merged(IncomingState state) {
        return Answers.rejected(state.setup(), 482, "Merged Request", List.of());
    }

    static SipAnswer ok(IncomingState state) {
        return SipAnswer.of(200, "OK").tagged(state.setup().localTag());
    }
}
