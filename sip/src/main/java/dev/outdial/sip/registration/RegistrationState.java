package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.registration.RegistrationPhase.Asking;
import dev.outdial.sip.registration.RegistrationPhase.Bound;
import dev.outdial.sip.registration.RegistrationPhase.Gone;
import dev.outdial.sip.registration.RegistrationPhase.Leaving;
import dev.outdial.sip.registration.RegistrationPhase.LeavingSoon;
import dev.outdial.sip.registration.RegistrationPhase.Stopped;
import dev.outdial.sip.registration.RegistrationPhase.Waiting;
import java.util.OptionalLong;

/** All that is known about a registration. A value; only {@link RegistrationMachine} makes new ones. */
public final class RegistrationState {
    private final RegistrationSetup setup;
    private final RegistrationPhase phase;
    private final Register register;
    private final DigestAuth auth;
    private final boolean bound;
    private final int failures;

    /** The latest REGISTER: its CSeq, how often it was challenged, how long a binding it asks for. */
    record Register(OutboundRequest request, int cseq, Tries tries, long expiresSeconds) {
        boolean hasCredentials() {
            Headers headers = request.request().headers();
            return headers.first("Authorization").isPresent()
                    || headers.first("Proxy-Authorization").isPresent();
        }
    }

    RegistrationState(
            RegistrationSetup setup,
            RegistrationPhase phase,
            Register register,
            DigestAuth auth,
            boolean bound,
            int failures) {
        this.setup = setup;
        this.phase = phase;
        this.register = register;
        this.auth = auth;
        this.bound = bound;
        this.failures = failures;
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (phase) {
            case Asking p -> OptionalLong.of(p.giveUpAtNanos());
            case Bound p -> OptionalLong.of(p.refreshAtNanos());
            case Waiting p -> OptionalLong.of(p.retryAtNanos());
            case Stopped p -> OptionalLong.empty();
            case LeavingSoon p -> OptionalLong.of(p.giveUpAtNanos());
            case Leaving p -> OptionalLong.of(p.giveUpAtNanos());
            case Gone p -> OptionalLong.empty();
        };
    }

    RegistrationSetup setup() {
        return setup;
    }

    RegistrationPhase phase() {
        return phase;
    }

    Register register() {
        return register;
    }

    DigestAuth auth() {
        return auth;
    }

    /** Whether the registrar may hold a binding of ours. */
    boolean bound() {
        return bound;
    }

    /** How often in a row it went wrong. */
    int failures() {
        return failures;
    }

    RegistrationState in(RegistrationPhase next) {
        return new RegistrationState(setup, next, register, auth, bound, failures);
    }

    RegistrationState asking(Register next, DigestAuth nextAuth) {
        return new RegistrationState(setup, phase, next, nextAuth, bound, failures);
    }

    RegistrationState boundNow() {
        return new RegistrationState(setup, phase, register, auth, true, 0);
    }

    RegistrationState unboundNow() {
        return new RegistrationState(setup, phase, register, auth, false, failures);
    }

    RegistrationState failedOnceMore() {
        return new RegistrationState(setup, phase, register, auth, bound, failures + 1);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return setup.callId() + " " + phase.getClass().getSimpleName();
    }
}
