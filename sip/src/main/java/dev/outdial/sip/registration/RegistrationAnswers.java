package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.Register.Wish;
import dev.outdial.sip.registration.RegistrationAction.Tell;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The part of {@link RegistrationMachine} that decides what a final response to the latest REGISTER means. */
final class RegistrationAnswers {
    private static final String NO_TIME = "the registrar grants no time to the binding";

    private RegistrationAnswers() {}

    static RegistrationStep responded(RegistrationState before, SipResponse response, long now, double jitter) {
        RegistrationState state =
                response.isSuccess() ? before.with(before.auth().taught(response.headers())) : before;
        return switch (state.phase()) {
            case Asking p ->
                response.isSuccess() ? bound(state, response, now, jitter) : declined(state, response, now, jitter);
            case Tidying p -> tidied(state, p, response);
            case LeavingSoon p -> {
                RegistrationState known =
                        response.isSuccess() ? state.with(bind(state, granted(state, response), now)) : state;
                yield RegistrationMachine.removeOrGone(known, p.giveUpAtNanos(), now);
            }
            case Leaving p -> left(state, p, response);
            case Bound p -> RegistrationStep.to(state);
            case Waiting p -> RegistrationStep.to(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep bound(RegistrationState state, SipResponse response, long now, double jitter) {
        Granted granted = granted(state, response);
        if (granted.seconds() == 0) return noTime(state, now, jitter);
        var phase = new Bound(now
                + RegistrationTimer.refreshNanos(granted.seconds(), state.hunt().at() == 0, jitter));
        RegistrationState bound = state.with(bind(state, granted, now))
                .with(state.hunt().settled())
                .in(phase);
        var told = new Tell(new Registered(Duration.ofSeconds(granted.seconds()), granted.serviceRoutes()));
        RegistrationStep after = RegistrationMachine.rebind(bound, now);
        if (after.actions().isEmpty()) after = tidy(bound, granted, phase, now);
        var actions = new ArrayList<RegistrationAction>(List.of(told));
        actions.addAll(after.actions());
        return new RegistrationStep(after.next(), actions);
    }

    // Asking again at once would be answered in the same way for ever.
    private static RegistrationStep noTime(RegistrationState state, long now, double jitter) {
        Past past =
                state.past().failed(new Trouble(OptionalInt.empty(), NO_TIME)).unbound();
        long retryAt = now + RegistrationTimer.refusedNanos(past.failures(), jitter);
        return RegistrationStep.to(
                state.with(past).with(state.hunt().settled()).in(new Waiting(retryAt, true)),
                new Tell(new Unreachable(NO_TIME)));
    }

    private static Granted granted(RegistrationState state, SipResponse response) {
        SipUri current = state.way().contact();
        Past past = state.past();
        return Granted.in(
                response.headers(),
                state.register().wish(),
                uri -> state.setup().contactUser().isEarlier(uri, current)
                        || past.former().stream().anyMatch(former -> ContactUser.isSame(former, uri)));
    }

    private static Past bind(RegistrationState state, Granted granted, long now) {
        var binding = new Binding(
                state.way(), now, now + TimeUnit.SECONDS.toNanos(granted.seconds()), granted.serviceRoutes());
        return state.past()
                .bound(binding, state.past().proven() || state.register().hasCredentials());
    }

    /** Removes what is left of ours from an earlier time: calls to us would ring there in vain until it runs out. */
    private static RegistrationStep tidy(RegistrationState state, Granted granted, Bound phase, long now) {
        List<String> left = granted.earlier().stream()
                .filter(uri -> !state.past().removed().contains(uri))
                .toList();
        if (left.isEmpty()) return RegistrationStep.to(state);
        var wish = new Wish(state.way(), state.register().wish().expiresSeconds(), false, left);
        var tidying = new Tidying(phase.refreshAtNanos(), now + RegistrationTimer.NO_RESPONSE.nanos());
        return RegistrationMachine.ask(state.with(state.past().removing(left)), wish, tidying, now);
    }

    // Whatever is said to it, our binding holds.
    private static RegistrationStep tidied(RegistrationState state, Tidying phase, SipResponse response) {
        if (isChallenge(response) && answer(state, response) instanceof DigestAuth.Outcome.Answer a) {
            return RegistrationMachine.send(
                    state, a, state.register().wish(), phase, state.register().askedNanos());
        }
        return RegistrationStep.to(state.in(new Bound(phase.refreshAtNanos())));
    }

    private static RegistrationStep declined(RegistrationState state, SipResponse response, long now, double jitter) {
        int status = response.status();
        boolean proven = state.past().proven();
        if (isChallenge(response)) {
            return switch (answer(state, response)) {
                case DigestAuth.Outcome.Answer a -> sendAgain(state, a, now);
                // What was right before is not wrong now: the registrar has lost its users for a while.
                case DigestAuth.Outcome.GiveUp g ->
                    proven ? refused(state, response, g.why(), now, jitter) : stop(state, status, g.why());
            };
        }
        Optional<Long> least = response.headers().seconds("Min-Expires");
        long asked = state.register().wish().expiresSeconds();
        // RFC 3261 10.2.8, once: a registrar that raises its minimum with every try would have us run for ever.
        if (status == 423
                && least.isPresent()
                && least.get() > asked
                && least.get() <= 0xffff_ffffL
                && asked <= state.setup().expires().toSeconds()) {
            var wish = Wish.binding(state.hunt().way(), least.get());
            return RegistrationMachine.ask(state, wish, RegistrationMachine.asking(now), now);
        }
        // Many a registrar says 403 to a wrong password. Without one it means something else, which may pass.
        if (status == 403 && state.register().hasCredentials() && !proven)
            return stop(state, status, response.reason());
        if (status == 503) {
            Optional<Hunt> next = closed(state, response, now).next(now);
            if (next.isPresent()) return RegistrationMachine.ask(state.with(next.get()), now);
        }
        return refused(state, response, response.reason(), now, jitter);
    }

    private static RegistrationStep sendAgain(RegistrationState state, DigestAuth.Outcome.Answer answer, long now) {
        // The challenge may have shown how the registrar sees us: the contact that holds now goes out.
        Wish wish = state.register().wish().reachedAt(state.hunt().way());
        return RegistrationMachine.send(
                state,
                answer,
                wish,
                RegistrationMachine.asking(now),
                state.register().askedNanos());
    }

    private static Hunt closed(RegistrationState state, SipResponse response, long now) {
        return retryAfterNanos(response)
                .map(wait -> state.hunt().closed(now + wait))
                .orElse(state.hunt());
    }

    private static Optional<Long> retryAfterNanos(SipResponse response) {
        return response.headers()
                .seconds("Retry-After")
                .map(seconds -> Math.min(TimeUnit.SECONDS.toNanos(seconds), RegistrationTimer.RETRY_AFTER.nanos()));
    }

    private static RegistrationStep refused(
            RegistrationState state, SipResponse response, String why, long now, double jitter) {
        int status = response.status();
        Past past = state.past().failed(new Trouble(OptionalInt.of(status), why));
        long backOff = now + RegistrationTimer.refusedNanos(past.failures(), jitter);
        boolean unavailable = status == 503;
        // With 503 the others have failed before; one of them may be open sooner than this one.
        long open = unavailable
                ? closed(state, response, now).openNanos(now)
                : now + retryAfterNanos(response).orElse(0L);
        Hunt hunt = unavailable
                ? closed(state, response, now).fromTheFirst()
                : state.hunt().settled();
        return RegistrationStep.to(
                state.with(past).with(hunt).in(new Waiting(RegistrationMachine.later(backOff, open), true)),
                new Tell(new Refused(status, why, false)));
    }

    private static RegistrationStep stop(RegistrationState state, int status, String why) {
        Past past =
                state.past().failed(new Trouble(OptionalInt.of(status), why)).unbound();
        return RegistrationStep.to(state.with(past).in(new Stopped()), new Tell(new Refused(status, why, true)));
    }

    private static RegistrationStep left(RegistrationState state, Leaving phase, SipResponse response) {
        if (isChallenge(response) && answer(state, response) instanceof DigestAuth.Outcome.Answer a) {
            return RegistrationMachine.send(
                    state, a, state.register().wish(), phase, state.register().askedNanos());
        }
        return RegistrationMachine.gone(state);
    }

    private static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    private static DigestAuth.Outcome answer(RegistrationState state, SipResponse response) {
        String cnonce = state.setup().tokens().cnonce(state.register().cseq());
        return state.auth()
                .answer(response.headers(), state.register().tries(), Register.signed(state.setup()), cnonce);
    }
}
