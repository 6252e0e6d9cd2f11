package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.registration.RegistrationAction.Forget;
import dev.outdial.sip.registration.RegistrationAction.Send;
import dev.outdial.sip.registration.RegistrationAction.Tell;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.sip.registration.RegistrationEvent.Unregistered;
import dev.outdial.sip.registration.RegistrationInput.Failed;
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
import dev.outdial.sip.registration.RegistrationPhase.Waiting;
import dev.outdial.sip.registration.RegistrationState.Register;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides how a binding is made, kept and removed (RFC 3261 section 10.2). Pure: also the jitter, between 0 and 1, is given.
 *
 * <p>What the registrar refuses for good (wrong or missing credentials, 403 to credentials) stops it; all else is tried again, ever more seldom.
 */
public final class RegistrationMachine {
    private static final String SILENCE = "the registrar does not answer";

    private RegistrationMachine() {}

    /** Begins: the first step sends the REGISTER. */
    public static RegistrationStep start(RegistrationSetup setup, long nowNanos) {
        long seconds = setup.expires().toSeconds();
        var register = new Register(request(setup, 1, seconds, List.of()), 1, Tries.NONE, seconds);
        var phase = new Asking(nowNanos + RegistrationTimer.NO_RESPONSE.nanos());
        var state = new RegistrationState(setup, phase, register, DigestAuth.of(setup.credentials()), false, 0);
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
                boolean stale =
                        !response.branch().equals(state.register().request().branch());
                if (stale || response.isProvisional()) yield RegistrationStep.to(state);
                yield responded(state, response, nowNanos, jitter);
            }
            case TimedOut e -> unreachable(state, e.transaction(), SILENCE, nowNanos, jitter);
            case Failed e -> unreachable(state, e.transaction(), e.why(), nowNanos, jitter);
            case UnregisterWanted e -> leave(state, nowNanos);
            case Woken e -> woken(state, nowNanos, jitter);
        };
    }

    private static RegistrationStep responded(RegistrationState state, SipResponse response, long now, double jitter) {
        return switch (state.phase()) {
            case Asking p ->
                response.isSuccess() ? bound(state, response, now, jitter) : declined(state, response, now, jitter);
            case LeavingSoon p -> {
                if (response.isSuccess()) yield remove(state.boundNow(), p.giveUpAtNanos());
                yield state.bound() ? remove(state, p.giveUpAtNanos()) : gone(state);
            }
            case Leaving p -> left(state, p, response);
            case Bound p -> RegistrationStep.to(state);
            case Waiting p -> RegistrationStep.to(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep bound(RegistrationState state, SipResponse response, long now, double jitter) {
        long seconds = Math.max(1, granted(state, response.headers()));
        var phase = new Bound(now + RegistrationTimer.refreshNanos(seconds, jitter));
        return RegistrationStep.to(state.boundNow().in(phase), new Tell(new Registered(Duration.ofSeconds(seconds))));
    }

    // RFC 3261 10.2.4: the time is beside our Contact, or in Expires, or as asked for.
    private static long granted(RegistrationState state, Headers headers) {
        String ours = state.setup().contact().toString();
        List<NameAddress> contacts = headers.all("Contact").stream()
                .flatMap(value -> NameAddress.parse(value).stream())
                .toList();
        Optional<Long> beside = contacts.stream()
                .filter(contact -> contacts.size() == 1 || contact.uri().equalsIgnoreCase(ours))
                .findFirst()
                .flatMap(contact -> Headers.leadingNumber(contact.parameters().getOrDefault("expires", "")));
        long seconds = beside.or(() -> headers.seconds("Expires"))
                .orElse(state.register().expiresSeconds());
        return Math.min(seconds, 0xffff_ffffL);
    }

    private static RegistrationStep declined(RegistrationState state, SipResponse response, long now, double jitter) {
        int status = response.status();
        if (status == 401 || status == 407) {
            return switch (answer(state, response)) {
                case DigestAuth.Outcome.Answer a ->
                    send(
                            state,
                            a,
                            state.register().expiresSeconds(),
                            new Asking(now + RegistrationTimer.NO_RESPONSE.nanos()));
                case DigestAuth.Outcome.GiveUp g -> stop(state, status, g.why());
            };
        }
        Optional<Long> least = response.headers().seconds("Min-Expires");
        // RFC 3261 10.2.8, once: a registrar that raises its minimum with every try would have us run for ever.
        if (status == 423
                && least.isPresent()
                && least.get() > state.register().expiresSeconds()
                && least.get() <= 0xffff_ffffL
                && state.register().expiresSeconds() <= state.setup().expires().toSeconds()) {
            return ask(state, least.get(), new Asking(now + RegistrationTimer.NO_RESPONSE.nanos()));
        }
        // Many a registrar says 403 to a wrong password. Without one it means something else, which may pass.
        if (status == 403 && state.register().hasCredentials()) return stop(state, status, response.reason());
        long wait = Math.max(
                RegistrationTimer.backOffNanos(state.failures() + 1, jitter),
                Math.min(
                        TimeUnit.SECONDS.toNanos(
                                response.headers().seconds("Retry-After").orElse(0L)),
                        RegistrationTimer.RETRY_AFTER.nanos()));
        return RegistrationStep.to(
                state.failedOnceMore().in(new Waiting(now + wait)),
                new Tell(new Refused(status, response.reason(), false)));
    }

    private static RegistrationStep stop(RegistrationState state, int status, String reason) {
        return RegistrationStep.to(state.unboundNow().in(new Stopped()), new Tell(new Refused(status, reason, true)));
    }

    private static RegistrationStep unreachable(
            RegistrationState state, TransactionId transaction, String why, long now, double jitter) {
        if (!transaction.branch().equals(state.register().request().branch())) return RegistrationStep.to(state);
        return switch (state.phase()) {
            case Asking p -> tryLater(state, why, now, jitter);
            case LeavingSoon p -> gone(state);
            case Leaving p -> gone(state);
            case Bound p -> RegistrationStep.to(state);
            case Waiting p -> RegistrationStep.to(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep tryLater(RegistrationState state, String why, long now, double jitter) {
        long wait = RegistrationTimer.backOffNanos(state.failures() + 1, jitter);
        return RegistrationStep.to(state.failedOnceMore().in(new Waiting(now + wait)), new Tell(new Unreachable(why)));
    }

    private static RegistrationStep leave(RegistrationState state, long now) {
        long giveUp = now + RegistrationTimer.LEAVING.nanos();
        return switch (state.phase()) {
            case Asking p -> RegistrationStep.to(state.in(new LeavingSoon(giveUp)));
            case Bound p -> remove(state, giveUp);
            case Waiting p -> state.bound() ? remove(state, giveUp) : gone(state);
            case Stopped p -> gone(state);
            case LeavingSoon p -> RegistrationStep.to(state);
            case Leaving p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep remove(RegistrationState state, long giveUpAtNanos) {
        return ask(state, 0, new Leaving(giveUpAtNanos));
    }

    private static RegistrationStep left(RegistrationState state, Leaving phase, SipResponse response) {
        boolean challenged = response.status() == 401 || response.status() == 407;
        if (challenged && answer(state, response) instanceof DigestAuth.Outcome.Answer a)
            return send(state, a, 0, phase);
        return gone(state);
    }

    private static RegistrationStep woken(RegistrationState state, long now, double jitter) {
        var deadline = state.nextDeadlineNanos();
        if (deadline.isEmpty() || now - deadline.getAsLong() < 0) return RegistrationStep.to(state);
        var asking = new Asking(now + RegistrationTimer.NO_RESPONSE.nanos());
        return switch (state.phase()) {
            case Asking p -> tryLater(state, SILENCE, now, jitter);
            case Bound p -> ask(state, state.register().expiresSeconds(), asking);
            case Waiting p -> ask(state, state.register().expiresSeconds(), asking);
            case LeavingSoon p -> gone(state);
            case Leaving p -> gone(state);
            case Stopped p -> RegistrationStep.to(state);
            case Gone p -> RegistrationStep.to(state);
        };
    }

    private static RegistrationStep gone(RegistrationState state) {
        return RegistrationStep.to(state.unboundNow().in(new Gone()), new Tell(new Unregistered()), new Forget());
    }

    /** A new REGISTER, with the nonce that is known. */
    private static RegistrationStep ask(RegistrationState state, long expiresSeconds, RegistrationPhase phase) {
        String cnonce = state.setup().tokens().cnonce(state.register().cseq());
        return send(state, state.auth().authorize(signed(state.setup()), cnonce), expiresSeconds, phase);
    }

    private static DigestAuth.Outcome answer(RegistrationState state, SipResponse response) {
        String cnonce = state.setup().tokens().cnonce(state.register().cseq());
        return state.auth().answer(response.headers(), state.register().tries(), signed(state.setup()), cnonce);
    }

    private static RegistrationStep send(
            RegistrationState state, DigestAuth.Outcome.Answer answer, long expiresSeconds, RegistrationPhase phase) {
        int cseq = state.register().cseq() + 1;
        var request = request(state.setup(), cseq, expiresSeconds, answer.headers());
        var register = new Register(request, cseq, answer.tries(), expiresSeconds);
        return RegistrationStep.to(state.asking(register, answer.auth()).in(phase), new Send(request));
    }

    private static DigestAuth.Signed signed(RegistrationSetup setup) {
        return new DigestAuth.Signed("REGISTER", domain(setup), Optional.empty());
    }

    // RFC 3261 10.2: the Request-URI names the domain, without user.
    private static String domain(RegistrationSetup setup) {
        return setup.addressOfRecord().withoutUser().withoutParameters().toString();
    }

    private static OutboundRequest request(
            RegistrationSetup setup, int cseq, long expiresSeconds, List<Header> credentials) {
        String aor = setup.addressOfRecord().withoutParameters().toString();
        Headers headers = Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        NameAddress.format(setup.displayName(), aor) + ";tag="
                                + setup.tokens().localTag(),
                        "To",
                        '<' + aor + '>',
                        "Call-ID",
                        setup.callId(),
                        "CSeq",
                        cseq + " REGISTER",
                        "User-Agent",
                        setup.product(),
                        "Contact",
                        '<' + setup.contact().toString() + ">;expires=" + expiresSeconds,
                        "Expires",
                        Long.toString(expiresSeconds))
                .plus(credentials);
        var request = new SipRequest("REGISTER", domain(setup), headers, Optional.empty());
        return new OutboundRequest(request, setup.registrar(), setup.tokens().branch(cseq));
    }
}
