package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Send;
import dev.outdial.sip.dialog.DialogAction.Tell;
import dev.outdial.sip.dialog.OurOffers.Acknowledged;
import dev.outdial.sip.dialog.OurOffers.Doing.BackingOff;
import dev.outdial.sip.dialog.OurOffers.Doing.Inviting;
import dev.outdial.sip.dialog.OurOffers.Doing.Nothing;
import dev.outdial.sip.dialog.OurOffers.Doing.Updating;
import dev.outdial.sip.dialog.OurOffers.Purpose;
import dev.outdial.sip.event.SessionEvent.OfferClosed;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Our re-INVITEs: one at a time, each acknowledged, sent again where the far end is busy with one of its own. Pure. */
final class OffersOut {
    static final int MOST_RETRIES = 3;

    private static final int NO_DESCRIPTION = 488;
    private static final int TIMED_OUT = 408;
    private static final int LONGEST_RETRY_AFTER_SECONDS = 10;

    private OffersOut() {}

    /** The user offers. Where something is open the offer waits; a later one takes its place. */
    static DialogStep offered(DialogState state, MessageBody offer) {
        OurOffers ours = state.ours();
        if (!(ours.doing() instanceof BackingOff backingOff))
            return DialogStep.to(state.with(ours.waiting(Optional.of(offer))));
        var next = new BackingOff(offer, Purpose.OFFER, backingOff.retries(), backingOff.untilNanos());
        return DialogStep.to(state.with(ours.doing(next)));
    }

    /** Sends what waits, where nothing is open any more. */
    static DialogStep proceed(DialogState state, long now) {
        if (!state.guard().mayInvite()) return DialogStep.to(state);
        OurOffers ours = state.ours();
        if (ours.doing() instanceof BackingOff d)
            return now - d.untilNanos() < 0
                    ? DialogStep.to(state)
                    : invite(state, d.offer(), d.purpose(), d.retries(), now);
        return ours.waiting()
                .map(offer -> invite(state.with(ours.waiting(Optional.empty())), offer, Purpose.OFFER, 0, now))
                .orElse(DialogStep.to(state));
    }

    static DialogStep invite(DialogState state, MessageBody offer, Purpose purpose, int retries, long now) {
        var draft = new Draft("INVITE", SessionHeaders.ofRequest(state), Optional.of(offer));
        return inviting(Outbox.post(state, draft, now), offer, purpose, retries);
    }

    private static DialogStep inviting(Outbox.Posted posted, MessageBody offer, Purpose purpose, int retries) {
        Sent sent = posted.sent();
        var doing = new Inviting(sent, offer, purpose, retries, false, false, sent.giveUpAtNanos());
        DialogState next = posted.next();
        return DialogStep.to(next.with(next.ours().doing(doing)), posted.action());
    }

    static DialogStep responded(DialogState state, SipResponse response, long now) {
        if (!(state.ours().doing() instanceof Inviting doing) || !doing.sent().isAnsweredBy(response))
            return acknowledgedAgain(state, response);
        if (response.isProvisional()) return DialogStep.to(heard(state, doing, now));
        if (response.isSuccess()) return accepted(state, doing, response, now);
        return switch (response.status()) {
            case 401, 407 ->
                Outbox.again(state, doing.sent(), response, now)
                        .map(posted -> inviting(posted, doing.offer(), doing.purpose(), doing.retries()))
                        .orElseGet(() -> refused(state, doing, response.status(), response.reason(), now));
            // RFC 3261 12.2.1.2: the far end knows the dialog no longer.
            case 408, 481 -> gone(state, "the far end answered a re-INVITE " + response.status(), now);
            case 422 -> tooSmall(state, doing, response, now);
            case 491 -> again(state, doing, response, glarePauseNanos(state), now);
            case 500 ->
                retryAfterNanos(response).isPresent()
                        ? again(
                                state,
                                doing,
                                response,
                                retryAfterNanos(response).getAsLong(),
                                now)
                        : refused(state, doing, response.status(), response.reason(), now);
            default -> refused(state, doing, response.status(), response.reason(), now);
        };
    }

    /** After the end: nobody is left repeating a 2xx. */
    static DialogStep respondedAfterTheEnd(DialogState state, SipResponse response) {
        return state.ours().doing() instanceof Inviting doing
                        && doing.sent().isAnsweredBy(response)
                        && response.isSuccess()
                ? acknowledge(state, doing.sent().request())
                : acknowledgedAgain(state, response);
    }

    // RFC 3261 13.2.2.4: the same ACK for each repetition of the 2xx.
    private static DialogStep acknowledgedAgain(DialogState state, SipResponse response) {
        return state.ours()
                .acknowledged()
                .filter(a -> response.isSuccess()
                        && response.method().equals("INVITE")
                        && response.branch().equals(a.branch()))
                .map(a -> DialogStep.to(state, new Send(a.ack())))
                .orElse(DialogStep.to(state));
    }

    private static DialogStep acknowledge(DialogState state, OutboundRequest invite) {
        OutboundRequest ack = DialogRequests.ack(
                state.ids().dialog(), invite, state.branch(), state.setup().product());
        OurOffers ours = state.ours().doing(new Nothing()).acknowledged(new Acknowledged(invite.branch(), ack));
        return DialogStep.to(state.with(state.ids().serialTaken()).with(ours), new Send(ack));
    }

    private static DialogState heard(DialogState state, Inviting doing, long now) {
        return doing.heard() || doing.canceled()
                ? state
                : state.with(state.ours().doing(doing.hearing(now + DialogTimer.UNDECIDED.nanos())));
    }

    private static DialogStep accepted(DialogState state, Inviting doing, SipResponse response, long now) {
        DialogState refreshed = Refreshes.agreed(state, response.headers(), now);
        DialogState described = refreshed.with(refreshed.ours().described(doing.offer()));
        DialogStep acknowledged = acknowledge(described, doing.sent().request());
        // Whoever waits for what becomes of an offer of his own is told of that one only.
        if (doing.purpose() == Purpose.REFRESH && state.ours().waiting().isPresent()) return acknowledged;
        if (response.body().isPresent()) {
            // What answers a refresh may say something new as well.
            var closed = new OfferClosed(response.body(), OptionalInt.empty(), response.reason());
            return acknowledged.then(s -> DialogStep.to(s, new Tell(closed)));
        }
        if (doing.purpose() == Purpose.REFRESH) return acknowledged;
        var closed = new OfferClosed(
                Optional.empty(), OptionalInt.of(NO_DESCRIPTION), "the far end accepted without a description");
        return acknowledged.then(s -> DialogStep.to(s, new Tell(closed)));
    }

    private static DialogStep tooSmall(DialogState state, Inviting doing, SipResponse response, long now) {
        Optional<Timing> raised = Refreshes.raised(state, response);
        if (raised.isEmpty() || doing.retries() >= MOST_RETRIES)
            return refused(state, doing, response.status(), response.reason(), now);
        return invite(state.with(raised.get()), doing.offer(), doing.purpose(), doing.retries() + 1, now);
    }

    private static DialogStep again(
            DialogState state, Inviting doing, SipResponse response, long pauseNanos, long now) {
        if (doing.retries() >= MOST_RETRIES || doing.canceled())
            return refused(state, doing, response.status(), response.reason(), now);
        var next = new BackingOff(doing.offer(), doing.purpose(), doing.retries() + 1, now + pauseNanos);
        // An offer that came meanwhile takes the place of the one that was refused.
        return state.ours()
                .waiting()
                .map(offer -> DialogStep.to(state.with(state.ours()
                        .waiting(Optional.empty())
                        .doing(new BackingOff(offer, Purpose.OFFER, next.retries(), next.untilNanos())))))
                .orElse(DialogStep.to(state.with(state.ours().doing(next))));
    }

    // RFC 3261 14.1: whoever owns the Call-ID waits 2.1-4 s, the other 0-2 s, in steps of 10 ms.
    private static long glarePauseNanos(DialogState state) {
        int steps = state.setup().weCalled() ? 210 + state.drawn(191) : state.drawn(201);
        return TimeUnit.MILLISECONDS.toNanos(10L * steps);
    }

    // RFC 3261 14.2: the far end has an offer of its own to settle first.
    private static OptionalLong retryAfterNanos(SipResponse response) {
        Optional<Long> seconds = response.headers().seconds("Retry-After");
        return seconds.isPresent() && seconds.get() <= LONGEST_RETRY_AFTER_SECONDS
                ? OptionalLong.of(TimeUnit.SECONDS.toNanos(seconds.get()))
                : OptionalLong.empty();
    }

    private static DialogStep refused(DialogState state, Inviting doing, int status, String reason, long now) {
        DialogState settled = state.with(state.ours().doing(new Nothing()));
        return switch (doing.purpose()) {
            case OFFER ->
                DialogStep.to(
                        settled,
                        new Tell(new OfferClosed(
                                Optional.empty(),
                                OptionalInt.of(doing.canceled() ? TIMED_OUT : status),
                                doing.canceled() ? "no answer to the re-INVITE" : reason)));
            case REFRESH -> DialogStep.to(Refreshes.refused(settled, now));
        };
    }

    private static DialogStep gone(DialogState state, String why, long now) {
        // It stays known: a 2xx that comes after all is acknowledged.
        return Ends.lost(state, why, now);
    }

    /** No response to a request of ours. */
    static DialogStep timedOut(DialogState state, TransactionId transaction, long now) {
        return state.ours().doing() instanceof Inviting doing && doing.sent().is(transaction)
                ? gone(state, "no answer to a re-INVITE", now)
                : DialogStep.to(state);
    }

    /** A request of ours could not be sent: as if a 503 had come (RFC 3261 8.1.3.1). */
    static DialogStep failed(DialogState state, TransactionId transaction, String why, long now) {
        return state.ours().doing() instanceof Inviting doing && doing.sent().is(transaction)
                ? refused(state, doing, 503, why, now)
                : DialogStep.to(state);
    }

    static DialogStep woken(DialogState state, long now) {
        if (!(state.ours().doing() instanceof Inviting doing) || now - doing.deadlineNanos() < 0)
            return DialogStep.to(state);
        if (!doing.heard() || doing.canceled()) return gone(state, "no answer to a re-INVITE", now);
        OutboundRequest cancel =
                DialogRequests.cancel(doing.sent().request(), state.setup().product());
        Inviting canceled = doing.canceling(now + DialogTimer.UNANSWERED.nanos());
        return DialogStep.to(state.with(state.ours().doing(canceled)), new Send(cancel));
    }

    static OptionalLong deadline(DialogState state) {
        return switch (state.ours().doing()) {
            case Nothing d -> OptionalLong.empty();
            case Inviting d -> OptionalLong.of(d.deadlineNanos());
            // Where something else is open, its end is what to wait for.
            case BackingOff d -> state.guard().mayInvite() ? OptionalLong.of(d.untilNanos()) : OptionalLong.empty();
            case Updating d -> OptionalLong.empty();
        };
    }
}
