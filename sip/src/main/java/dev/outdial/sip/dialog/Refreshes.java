package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.OurOffers.Doing.Nothing;
import dev.outdial.sip.dialog.OurOffers.Doing.Updating;
import dev.outdial.sip.dialog.OurOffers.Purpose;
import dev.outdial.sip.dialog.SessionTimer.Terms;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Keeps the session alive and notices when nobody else does (RFC 4028 sections 7.2, 10). Pure. */
final class Refreshes {
    private Refreshes() {}

    /** What a 2xx to a re-INVITE or UPDATE of ours says beyond its description. */
    static DialogState agreed(DialogState state, Headers answer, long now) {
        Timing before = state.timing();
        Optional<Terms> terms = SessionTimer.termsOfAnswer(answer)
                // Where the far end knows no timers we go on refreshing alone.
                .or(() -> before.terms().filter(Terms::weRefresh));
        Timing timing = terms.map(t -> before.armed(t, now)).orElse(before.off());
        return reached(state, answer).with(timing);
    }

    /** What an accepted request of the far end, or its answer, says about ways to reach it (RFC 3261 12.2: target refresh). */
    static DialogState reached(DialogState state, Headers headers) {
        Set<String> allowed = InDialogRequests.allowedIn(headers);
        Ids ids = state.ids().at(state.ids().dialog().refreshedBy(headers));
        return state.with(allowed.isEmpty() ? ids : ids.allowing(allowed));
    }

    /** The timing after a 422; empty where it asks for nothing that we can give. */
    static Optional<Timing> raised(DialogState state, SipResponse response) {
        Timing timing = state.timing();
        return timing.wish().flatMap(wish -> wish.raised(response.headers())).map(timing::asking);
    }

    /** A refresh did not come about: another one is tried while there is time. */
    static DialogState refused(DialogState state, long now) {
        Timing timing = state.timing();
        long pause = Math.max(DialogTimer.NEXT_REFRESH.nanos(), (timing.expireAtNanos() - now) / 2);
        return state.with(timing.refreshingAt(now + pause));
    }

    /** Refreshes the session where that is due and nothing else is open. */
    static DialogStep proceed(DialogState state, long now) {
        Timing timing = state.timing();
        if (!timing.isRefreshDue(now) || timing.isExpired(now) || !mayRefresh(state)) return DialogStep.to(state);
        // Until it is answered no other is due.
        DialogState waiting = state.with(timing.refreshingAt(timing.expireAtNanos()));
        return byUpdate(state)
                ? update(waiting, 0, now)
                : OffersOut.invite(waiting, state.ours().description().orElseThrow(), Purpose.REFRESH, 0, now);
    }

    private static boolean mayRefresh(DialogState state) {
        OfferAnswerGuard guard = state.guard();
        return state.ours().doing() instanceof Nothing
                && (byUpdate(state) ? guard.mayUpdateWithoutOffer() : guard.mayInvite());
    }

    // RFC 4028 7.4: by UPDATE where the far end is known to take it, which leaves offers out of it.
    private static boolean byUpdate(DialogState state) {
        return state.ids().farEndAllows().contains("UPDATE")
                || state.ours().description().isEmpty();
    }

    private static DialogStep update(DialogState state, int retries, long now) {
        var draft = new Draft("UPDATE", SessionHeaders.ofRequest(state), Optional.empty());
        return updating(Outbox.post(state, draft, now), retries);
    }

    private static DialogStep updating(Outbox.Posted posted, int retries) {
        DialogState next = posted.next();
        return DialogStep.to(next.with(next.ours().doing(new Updating(posted.sent(), retries))), posted.action());
    }

    static DialogStep responded(DialogState state, SipResponse response, long now) {
        if (!(state.ours().doing() instanceof Updating doing)
                || !doing.sent().isAnsweredBy(response)
                || response.isProvisional()) return DialogStep.to(state);
        DialogState settled = state.with(state.ours().doing(new Nothing()));
        if (response.isSuccess()) return DialogStep.to(agreed(settled, response.headers(), now));
        return switch (response.status()) {
            case 401, 407 ->
                Outbox.again(state, doing.sent(), response, now)
                        .map(posted -> updating(posted, doing.retries()))
                        .orElseGet(() -> DialogStep.to(refused(settled, now)));
            case 408, 481 -> Ends.lost(settled, "the far end answered an UPDATE " + response.status(), now);
            case 422 ->
                raised(settled, response)
                        .filter(timing -> doing.retries() < OffersOut.MOST_RETRIES)
                        .map(timing -> update(settled.with(timing), doing.retries() + 1, now))
                        .orElseGet(() -> DialogStep.to(refused(settled, now)));
            case 405, 501 -> DialogStep.to(withoutUpdate(settled, now));
            default -> DialogStep.to(refused(settled, now));
        };
    }

    // It does not take UPDATE, whatever it said: by re-INVITE, at once.
    private static DialogState withoutUpdate(DialogState state, long now) {
        if (state.ours().description().isEmpty()) return refused(state, now);
        var methods = new TreeSet<>(state.ids().farEndAllows());
        methods.remove("UPDATE");
        return state.with(state.ids().allowing(methods)).with(state.timing().refreshingAt(now));
    }

    static DialogStep timedOut(DialogState state, TransactionId transaction, long now) {
        return isUpdate(state, transaction) ? gone(state, now) : DialogStep.to(state);
    }

    static DialogStep failed(DialogState state, TransactionId transaction, long now) {
        return isUpdate(state, transaction)
                ? DialogStep.to(refused(state.with(state.ours().doing(new Nothing())), now))
                : DialogStep.to(state);
    }

    private static boolean isUpdate(DialogState state, TransactionId transaction) {
        return state.ours().doing() instanceof Updating doing && doing.sent().is(transaction);
    }

    private static DialogStep gone(DialogState state, long now) {
        return Ends.lost(state.with(state.ours().doing(new Nothing())), "no answer to an UPDATE", now);
    }

    static DialogStep woken(DialogState state, long now) {
        if (state.timing().isExpired(now)) return Ends.lost(state, "nobody refreshed the session", now);
        return state.ours().doing() instanceof Updating doing
                        && now - doing.sent().giveUpAtNanos() >= 0
                ? gone(state, now)
                : DialogStep.to(state);
    }

    static OptionalLong deadline(DialogState state) {
        Timing timing = state.timing();
        OptionalLong none = OptionalLong.empty();
        boolean timed = timing.terms().isPresent();
        boolean refreshes = timed && timing.terms().get().weRefresh() && mayRefresh(state);
        return Deadlines.earliest(List.of(
                timed ? OptionalLong.of(timing.expireAtNanos()) : none,
                refreshes ? OptionalLong.of(timing.refreshAtNanos()) : none,
                state.ours().doing() instanceof Updating doing
                        ? OptionalLong.of(doing.sent().giveUpAtNanos())
                        : none));
    }
}
