package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.registration.Register.Wish;
import dev.outdial.sip.registration.RegistrationAction.Forget;
import dev.outdial.sip.registration.RegistrationAction.Send;
import dev.outdial.sip.registration.RegistrationAction.Tell;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.sip.registration.RegistrationEvent.Unregistered;
import dev.outdial.sip.registration.RegistrationInput.ConnectionLost;
import dev.outdial.sip.registration.RegistrationInput.ContactChanged;
import dev.outdial.sip.registration.RegistrationInput.Failed;
import dev.outdial.sip.registration.RegistrationInput.RefreshWanted;
import dev.outdial.sip.registration.RegistrationInput.Responded;
import dev.outdial.sip.registration.RegistrationInput.TimedOut;
import dev.outdial.sip.registration.RegistrationInput.UnregisterWanted;
import dev.outdial.sip.registration.RegistrationInput.Woken;
import dev.outdial.sip.registration.RegistrationPhase.Asking;
import dev.outdial.sip.registration.RegistrationPhase.Bound;
import dev.outdial.sip.registration.RegistrationPhase.Gone;
import dev.outdial.sip.registration.RegistrationPhase.Leaving;
import dev.outdial.sip.registration.RegistrationPhase.LeavingSoon;
import dev.outdial.sip.registration.RegistrationPhase.Stopped;
import dev.outdial.sip.registration.RegistrationPhase.Tidying;
import dev.outdial.sip.registration.RegistrationPhase.Waiting;
import dev.outdial.sip.registration.RegistrationState.Binding;
import dev.outdial.sip.registration.RegistrationState.Past;
import dev.outdial.sip.registration.RegistrationState.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides how a binding is made, kept and removed (RFC 3261 section 10.2). Pure: also the jitter, between 0 and 1, is given.
 *
 * <p>Where there are several registrars, the next one is asked when one says 503, is silent or cannot be reached (RFC 3263 section 4.3). What
 * the registrar refuses for good (credentials that it never accepted) stops it; all else is tried again, ever more seldom.
 */
public final class RegistrationMachine {
    private static final String SILENCE = "the registrar does not answer";

    private RegistrationMachine() {}

    /** Begins: the first step sends the REGISTER. */
    public static RegistrationStep start(RegistrationSetup setup, long nowNanos) {
        Hunt hunt = Hunt.of(setup.ways());
        var wish = Wish.binding(hunt.way(), setup.expires().toSeconds());
        var register = Register.first(setup, wish, nowNanos);
        var state = new RegistrationState(
                setup, asking(nowNanos), hunt, register, DigestAuth.of(setup.credentials()), Past.NONE);
        return RegistrationStep.to(state, new Send(register.request()));
    }

    /**
     * What an input leads to.
     *
     * @param jitter evenly drawn, from 0 to 1
     */
    public static RegistrationStep step(
            RegistrationState state, RegistrationInput input, long nowNanos, double jitter) {
        return switch (input) {
            case Responded e -> {
                SipResponse response = e.response();
                if (!state.isFinalAnswer(response)) yield RegistrationStep.to(state);
                yield RegistrationAnswers.responded(state, response, nowNanos, jitter);
            }
            case TimedOut e -> unreachable(state, e.transaction(), SILENCE, nowNanos, jitter);
            case Failed e -> unreachable(state, e.transaction(), e.why(), nowNanos, jitter);
            case ContactChanged e -> contactChanged(state, e, nowNanos);
            case ConnectionLost e -> connectionLost(state, e.hop(), nowNanos, jitter);
            case RefreshWanted e -> refreshWanted(state, nowNanos);
            case UnregisterWanted e -> leave(state, nowNanos);
            case Woken e -> woken(state, nowNanos, jitter);
        };
    }

    private static RegistrationStep unreachable(
            RegistrationState state, TransactionId transaction, String why, long now, double jitter) {
        if (!transaction.branch().equals(state.register().request().branch())) return RegistrationStep.to(state);
        return switch (state.phase()) {
            case Asking p -> elsewhereOrLater(state, why, now, jitter);
            case Tidying p -> RegistrationStep.to(state.in(new Bound(p.refreshAtNanos())));
            case LeavingSoon p -> gone(state);
            case Leaving p -> gone(state);
            case Bound p -> RegistrationStep.to(state);
            case Waiting p -> RegistrationStep.to(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep elsewhereOrLater(RegistrationState state, String why, long now, double jitter) {
        Optional<Hunt> next = state.hunt().next(now);
        if (next.isPresent()) return ask(state.with(next.get()), now);
        Past past = state.past().failed(new Trouble(OptionalInt.empty(), why));
        long retryAt = later(
                now + RegistrationTimer.backOffNanos(past.failures(), jitter),
                state.hunt().openNanos(now));
        return RegistrationStep.to(
                state.with(past).with(state.hunt().fromTheFirst()).in(new Waiting(retryAt, false)),
                new Tell(new Unreachable(why)));
    }

    private static RegistrationStep contactChanged(RegistrationState state, ContactChanged change, long now) {
        RegistrationState next = state.with(state.hunt().reached(change.registrar(), change.contact()));
        return switch (next.phase()) {
            case Bound p -> rebind(next, now);
            case Tidying p -> rebind(next, now);
            // The answer that is awaited shows whether there is anything to bind again.
            case Asking p -> RegistrationStep.to(next);
            case Waiting p -> RegistrationStep.to(next);
            case Stopped p -> RegistrationStep.to(next);
            case LeavingSoon p -> RegistrationStep.to(next);
            case Leaving p -> RegistrationStep.to(next);
            case Gone p -> RegistrationStep.to(next);
        };
    }

    /** Binds the contact that holds now and removes the one that is bound, with one REGISTER; does nothing where they are the same. */
    static RegistrationStep rebind(RegistrationState state, long now) {
        Binding binding = state.past().binding().orElseThrow();
        Optional<Registrar> way = state.ways().stream()
                .filter(w -> w.hop().equals(binding.way().hop()))
                .findFirst();
        if (way.isEmpty() || way.get().contact().equals(binding.way().contact())) return RegistrationStep.to(state);
        String old = binding.way().contact().toString();
        var wish = new Wish(way.get(), state.register().wish().expiresSeconds(), true, List.of(old));
        Past past = state.past().removing(List.of(old)).leaving(binding.way().contact());
        return ask(state.with(past), wish, asking(now), now);
    }

    private static RegistrationStep connectionLost(RegistrationState state, Hop hop, long now, double jitter) {
        Optional<Binding> there =
                state.past().binding().filter(binding -> binding.way().hop().equals(hop));
        if (there.isEmpty()) return RegistrationStep.to(state);
        // One that closes each connection at once must not have us open them for ever.
        boolean held = now - there.get().sinceNanos() >= RegistrationTimer.CONNECTION_GOOD.nanos();
        int losses = held ? 0 : state.past().losses() + 1;
        long pause = losses == 0
                ? (long) (RegistrationTimer.CONNECTION_LOST.nanos() * jitter)
                : RegistrationTimer.backOffNanos(losses, jitter);
        return refreshFrom(state.with(state.past().lost(losses)), now + pause);
    }

    private static RegistrationStep refreshWanted(RegistrationState state, long now) {
        if (state.phase() instanceof Stopped) {
            return RegistrationStep.to(state.in(new Waiting(notBeforeMargin(state, now), false)));
        }
        return refreshFrom(state, now);
    }

    private static RegistrationStep refreshFrom(RegistrationState state, long wantedNanos) {
        long at = notBeforeMargin(state, wantedNanos);
        return switch (state.phase()) {
            case Bound p -> RegistrationStep.to(state.in(new Bound(RegistrationState.earlier(p.refreshAtNanos(), at))));
            case Tidying p ->
                RegistrationStep.to(
                        state.in(new Tidying(RegistrationState.earlier(p.refreshAtNanos(), at), p.giveUpAtNanos())));
            // What it has refused it is not asked sooner.
            case Waiting p ->
                RegistrationStep.to(
                        p.refused()
                                ? state
                                : state.in(new Waiting(RegistrationState.earlier(p.retryAtNanos(), at), false)));
            case Asking p -> RegistrationStep.to(state);
            case Stopped p -> RegistrationStep.to(state);
            case LeavingSoon p -> RegistrationStep.to(state);
            case Leaving p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static long notBeforeMargin(RegistrationState state, long wantedNanos) {
        return later(wantedNanos, state.register().askedNanos() + RegistrationTimer.MARGIN.nanos());
    }

    private static RegistrationStep leave(RegistrationState state, long now) {
        long giveUp = now + RegistrationTimer.LEAVING.nanos();
        return switch (state.phase()) {
            case Asking p -> RegistrationStep.to(state.in(new LeavingSoon(giveUp)));
            case Bound p -> removeOrGone(state, giveUp, now);
            case Tidying p -> removeOrGone(state, giveUp, now);
            case Waiting p -> removeOrGone(state, giveUp, now);
            case Stopped p -> gone(state);
            case LeavingSoon p -> RegistrationStep.to(state);
            case Leaving p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    static RegistrationStep removeOrGone(RegistrationState state, long giveUpAtNanos, long now) {
        return state.past()
                .binding()
                .map(binding -> ask(state, Wish.binding(binding.way(), 0), new Leaving(giveUpAtNanos), now))
                .orElseGet(() -> gone(state));
    }

    private static RegistrationStep woken(RegistrationState state, long now, double jitter) {
        var deadline = state.nextDeadlineNanos();
        if (deadline.isEmpty() || now - deadline.getAsLong() < 0) return RegistrationStep.to(state);
        return switch (state.phase()) {
            case Asking p -> elsewhereOrLater(state, SILENCE, now, jitter);
            case Bound p -> ask(state.with(state.hunt().again(now)), now);
            // The refresh comes sooner only where it is due or wanted.
            case Tidying p ->
                now - p.refreshAtNanos() >= 0
                        ? ask(state.with(state.hunt().again(now)), now)
                        : RegistrationStep.to(state.in(new Bound(p.refreshAtNanos())));
            case Waiting p -> ask(state.with(state.hunt().again(now)), now);
            case LeavingSoon p -> gone(state);
            case Leaving p -> gone(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    static RegistrationStep gone(RegistrationState state) {
        return RegistrationStep.to(
                state.with(state.past().unbound()).in(new Gone()), new Tell(new Unregistered()), new Forget());
    }

    static Asking asking(long now) {
        return new Asking(now + RegistrationTimer.NO_RESPONSE.nanos());
    }

    /** Asks the registrar whose turn it is for as long a binding as the last time. */
    static RegistrationStep ask(RegistrationState state, long now) {
        var wish = Wish.binding(state.hunt().way(), state.register().wish().expiresSeconds());
        return ask(state, wish, asking(now), now);
    }

    /** A new REGISTER, with the nonce that is known. */
    static RegistrationStep ask(RegistrationState state, Wish wish, RegistrationPhase phase, long now) {
        String cnonce = state.setup().tokens().cnonce(state.register().cseq());
        return send(state, state.auth().authorize(Register.signed(state.setup()), cnonce), wish, phase, now);
    }

    static RegistrationStep send(
            RegistrationState state, DigestAuth.Outcome.Answer answer, Wish wish, RegistrationPhase phase, long asked) {
        var register = state.register().next(state.setup(), wish, answer, asked);
        return RegistrationStep.to(state.asking(register, answer.auth()).in(phase), new Send(register.request()));
    }

    static long later(long oneNanos, long otherNanos) {
        return RegistrationState.earlier(oneNanos, otherNanos) == oneNanos ? otherNanos : oneNanos;
    }
}
