package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Release;
import dev.outdial.sip.dialog.DialogAction.Reply;
import dev.outdial.sip.dialog.DialogAction.Tell;
import dev.outdial.sip.dialog.SessionTimer.Asked;
import dev.outdial.sip.dialog.TheirOffers.LastInvite;
import dev.outdial.sip.dialog.TheirOffers.Unacknowledged;
import dev.outdial.sip.dialog.TheirOffers.Undecided;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.event.SessionEvent.OfferWithdrawn;
import dev.outdial.sip.event.SessionEvent.Offered;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Re-INVITEs and UPDATEs of the far end: the user decides, and a 2xx is repeated until its ACK comes. Pure. */
final class OffersIn {
    private static final SipAnswer TERMINATED = SipAnswer.of(487, "Request Terminated");
    private static final int LONGEST_RETRY_AFTER_SECONDS = 10;

    private OffersIn() {}

    static DialogStep reinvited(DialogState state, long key, SipRequest request, long now) {
        Optional<SipAnswer> refusal = state.guard()
                .refusalOfInvite(state.drawn(LONGEST_RETRY_AFTER_SECONDS + 1))
                .or(() -> unreadable(request))
                .or(() -> tooShort(state, request));
        if (refusal.isPresent()) return answeredInvite(state, key, request, refusal.get());
        // It would not ask again had it not heard our answer to the last one.
        DialogStep settled = state.theirs()
                .unacknowledged()
                .map(u -> DialogStep.to(
                        state.with(state.theirs().unacknowledged(Optional.empty())), new Release(u.key())))
                .orElse(DialogStep.to(state));
        return settled.then(s -> undecided(s, key, request, now + DialogTimer.INVITE_DECISION.nanos()));
    }

    static DialogStep updated(DialogState state, long key, SipRequest request, long now) {
        Optional<MessageBody> offer = offer(request);
        Optional<SipAnswer> refusal = state.guard()
                .refusalOfUpdate(offer.isPresent(), state.drawn(LONGEST_RETRY_AFTER_SECONDS + 1))
                .or(() -> unreadable(request))
                .or(() -> tooShort(state, request));
        if (refusal.isPresent()) return DialogStep.to(state, new Reply(key, refusal.get()), new Release(key));
        if (offer.isPresent()) return undecided(state, key, request, now + DialogTimer.UPDATE_DECISION.nanos());
        SipAnswer answer = accepting(state, request);
        return DialogStep.to(taken(state, request, now), new Reply(key, answer), new Release(key));
    }

    private static DialogStep undecided(DialogState state, long key, SipRequest request, long decideByNanos) {
        var undecided = Optional.of(new Undecided(key, request, decideByNanos));
        return DialogStep.to(state.with(state.theirs().undecided(undecided)), new Tell(new Offered(offer(request))));
    }

    private static Optional<SipAnswer> unreadable(SipRequest request) {
        return offer(request)
                .filter(body -> !body.is(MessageBody.SDP))
                .map(body -> SipAnswer.of(415, "Unsupported Media Type").plus("Accept", InDialogRequests.ACCEPT));
    }

    private static Optional<SipAnswer> tooShort(DialogState state, SipRequest request) {
        return asked(state, request) instanceof Asked.TooSmall refused
                ? Optional.of(refused.answer())
                : Optional.empty();
    }

    private static Asked asked(DialogState state, SipRequest request) {
        return SessionTimer.ofRequest(request.headers(), state.timing().terms());
    }

    private static Optional<MessageBody> offer(SipRequest request) {
        return request.body().filter(body -> body.byteLength() > 0);
    }

    private static SipAnswer accepting(DialogState state, SipRequest request) {
        return SessionHeaders.accepting(
                state, asked(state, request) instanceof Asked.Agreed agreed ? agreed.headers() : List.of());
    }

    // The 2xx refreshes both the target (RFC 3261 12.2.2) and the session (RFC 4028 section 9).
    private static DialogState taken(DialogState state, SipRequest request, long now) {
        Timing before = state.timing();
        Timing timing = asked(state, request) instanceof Asked.Agreed agreed
                        && agreed.terms().isPresent()
                ? before.armed(agreed.terms().get(), now)
                : before.off();
        return Refreshes.reached(state, request.headers()).with(timing);
    }

    static DialogStep accepted(DialogState state, MessageBody description, long now) {
        Optional<Undecided> undecided = state.theirs().undecided();
        if (undecided.isEmpty()) return DialogStep.to(state);
        Undecided u = undecided.get();
        SipAnswer answer = accepting(state, u.request()).carrying(description);
        DialogState taken = settled(taken(state, u.request(), now));
        DialogState next = taken.with(taken.ours().described(description));
        if (!u.isInvite()) return DialogStep.to(next, new Reply(u.key(), answer), new Release(u.key()));
        long cseq = cseq(u.request());
        var unacknowledged = new Unacknowledged(
                u.key(),
                cseq,
                answer,
                offer(u.request()).isEmpty(),
                DialogTimer.FIRST_REPEAT.nanos(),
                now + DialogTimer.FIRST_REPEAT.nanos(),
                now + DialogTimer.NO_ACK.nanos());
        TheirOffers theirs =
                next.theirs().unacknowledged(Optional.of(unacknowledged)).answered(new LastInvite(cseq, answer));
        return DialogStep.to(next.with(theirs), new Reply(u.key(), answer));
    }

    static DialogStep refused(DialogState state, int status) {
        return state.theirs()
                .undecided()
                .map(u -> closed(state, u, SipAnswer.of(status, Refusals.reasonOf(status))))
                .orElse(DialogStep.to(state));
    }

    /** The session ends: what is open is answered 487, and nothing is repeated any more. */
    static DialogStep abandoned(DialogState state) {
        DialogStep step = state.theirs()
                .undecided()
                .map(u -> closed(state, u, TERMINATED))
                .orElse(DialogStep.to(state));
        return step.then(s -> s.theirs()
                .unacknowledged()
                .map(u -> DialogStep.to(s.with(s.theirs().unacknowledged(Optional.empty())), new Release(u.key())))
                .orElse(DialogStep.to(s)));
    }

    static DialogStep cancelled(DialogState state, long key, SipRequest cancel) {
        Optional<Long> cseq = DialogRequests.cseq(cancel.headers());
        DialogStep ok = DialogStep.to(state, new Reply(key, SipAnswer.of(200, "OK")), new Release(key));
        Optional<Undecided> meant = state.theirs()
                .undecided()
                .filter(u ->
                        u.isInvite() && cseq.filter(n -> n == cseq(u.request())).isPresent());
        if (meant.isPresent()) {
            return ok.then(s -> closed(s, meant.get(), TERMINATED))
                    .then(s -> DialogStep.to(s, new Tell(new OfferWithdrawn())));
        }
        // RFC 3261 9.2: it comes too late to have an effect.
        boolean answered = state.theirs()
                .lastInvite()
                .filter(l -> cseq.filter(n -> n == l.cseq()).isPresent())
                .isPresent();
        return answered ? ok : DialogStep.to(state, new Reply(key, InDialogRequests.noDialog()), new Release(key));
    }

    static DialogStep acknowledged(DialogState state, SipRequest ack) {
        Optional<Long> cseq = DialogRequests.cseq(ack.headers());
        Optional<Unacknowledged> meant = state.theirs()
                .unacknowledged()
                .filter(u -> cseq.filter(n -> n == u.cseq()).isPresent());
        if (meant.isEmpty()) return DialogStep.to(state);
        Unacknowledged u = meant.get();
        DialogState next = state.with(state.theirs().unacknowledged(Optional.empty()));
        DialogStep released = DialogStep.to(next, new Release(u.key()));
        if (!u.ourOffer()) return released;
        Optional<MessageBody> answer = offer(ack).filter(body -> body.is(MessageBody.SDP));
        var closed = answer.isPresent()
                ? new OfferClosed(answer, OptionalInt.empty(), "OK")
                : new OfferClosed(Optional.empty(), OptionalInt.of(488), "the ACK carries no description");
        return released.then(s -> DialogStep.to(s, new Tell(closed)));
    }

    /** Whether it is a re-INVITE that was heard before, and what is to be done about it; empty where it is a new one. */
    static Optional<DialogStep> heardBefore(DialogState state, long key, SipRequest request, long cseq) {
        if (!request.method().equals("INVITE")) return Optional.empty();
        boolean undecided = state.theirs()
                .undecided()
                .filter(u -> u.isInvite() && cseq(u.request()) == cseq)
                .isPresent();
        if (undecided) return Optional.of(DialogStep.to(state, new Release(key)));
        return state.theirs()
                .lastInvite()
                .filter(l -> l.cseq() == cseq)
                .map(l -> DialogStep.to(state, new Reply(key, l.answer()), new Release(key)));
    }

    static DialogStep answeredInvite(DialogState state, long key, SipRequest request, SipAnswer answer) {
        var last = new LastInvite(cseq(request), answer);
        return DialogStep.to(state.with(state.theirs().answered(last)), new Reply(key, answer), new Release(key));
    }

    private static DialogStep closed(DialogState state, Undecided u, SipAnswer answer) {
        DialogState next = settled(state);
        return u.isInvite()
                ? answeredInvite(next, u.key(), u.request(), answer)
                : DialogStep.to(next, new Reply(u.key(), answer), new Release(u.key()));
    }

    private static DialogState settled(DialogState state) {
        return state.with(state.theirs().undecided(Optional.empty()));
    }

    private static long cseq(SipRequest request) {
        return DialogRequests.cseq(request.headers()).orElseThrow();
    }

    static DialogStep woken(DialogState state, long now) {
        return decisionDue(state, now).then(s -> repeated(s, now));
    }

    private static DialogStep decisionDue(DialogState state, long now) {
        Optional<Undecided> due = state.theirs().undecided().filter(u -> now - u.decideByNanos() >= 0);
        if (due.isEmpty()) return DialogStep.to(state);
        // RFC 3311 5.2: an UPDATE that cannot be answered without asking somebody is refused 504.
        SipAnswer answer =
                due.get().isInvite() ? SipAnswer.of(488, "Not Acceptable Here") : SipAnswer.of(504, "Server Time-out");
        return closed(state, due.get(), answer).then(s -> DialogStep.to(s, new Tell(new OfferWithdrawn())));
    }

    private static DialogStep repeated(DialogState state, long now) {
        Optional<Unacknowledged> unacknowledged = state.theirs().unacknowledged();
        if (unacknowledged.isEmpty()) return DialogStep.to(state);
        Unacknowledged u = unacknowledged.get();
        if (now - u.giveUpAtNanos() >= 0) return Ends.notAcknowledged(state, now);
        if (now - u.repeatAtNanos() < 0) return DialogStep.to(state);
        long pause = Math.min(2 * u.pauseNanos(), DialogTimer.LONGEST_REPEAT.nanos());
        var next =
                new Unacknowledged(u.key(), u.cseq(), u.answer(), u.ourOffer(), pause, now + pause, u.giveUpAtNanos());
        return DialogStep.to(
                state.with(state.theirs().unacknowledged(Optional.of(next))), new Reply(u.key(), u.answer()));
    }

    static OptionalLong deadline(DialogState state) {
        OptionalLong none = OptionalLong.empty();
        return Deadlines.earliest(List.of(
                state.theirs()
                        .undecided()
                        .map(u -> OptionalLong.of(u.decideByNanos()))
                        .orElse(none),
                state.theirs()
                        .unacknowledged()
                        .map(u -> OptionalLong.of(u.repeatAtNanos()))
                        .orElse(none),
                state.theirs()
                        .unacknowledged()
                        .map(u -> OptionalLong.of(u.giveUpAtNanos()))
                        .orElse(none)));
    }
}
