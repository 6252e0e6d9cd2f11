package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.RegistrationPhase.Asking;
import dev.outdial.sip.registration.RegistrationPhase.Bound;
import dev.outdial.sip.registration.RegistrationPhase.Gone;
import dev.outdial.sip.registration.RegistrationPhase.Leaving;
import dev.outdial.sip.registration.RegistrationPhase.LeavingSoon;
import dev.outdial.sip.registration.RegistrationPhase.Stopped;
import dev.outdial.sip.registration.RegistrationPhase.Tidying;
import dev.outdial.sip.registration.RegistrationPhase.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** All that is known about a registration. A value; only {@link RegistrationMachine} makes new ones. */
public final class RegistrationState {
    private static final int MOST_REMEMBERED = 20;

    private final RegistrationSetup setup;
    private final RegistrationPhase phase;
    private final Hunt hunt;
    private final Register register;
    private final DigestAuth auth;
    private final Past past;

    /** A binding of ours that the registrar may hold. */
    record Binding(Registrar way, long sinceNanos, long untilNanos, List<String> serviceRoutes) {
        Binding {
            serviceRoutes = List.copyOf(serviceRoutes);
        }
    }

    /** Why the last try failed. */
    record Trouble(OptionalInt status, String why) {}

    /**
     * What has been.
     *
     * @param binding the one that may hold
     * @param proven whether the registrar has accepted our credentials before
     * @param failures how often in a row it went wrong
     * @param losses how often in a row a new connection was lost soon
     * @param trouble what went wrong last; empty after a success
     * @param removed contacts of ours of an earlier time, whose removal has been asked for: it is not asked for twice
     * @param former contacts that this registration has bound and given up
     */
    record Past(
            Optional<Binding> binding,
            boolean proven,
            int failures,
            int losses,
            Optional<Trouble> trouble,
            List<String> removed,
            List<SipUri> former) {
        static final Past NONE = new Past(Optional.empty(), false, 0, 0, Optional.empty(), List.of(), List.of());

        Past {
            removed = List.copyOf(removed);
            former = List.copyOf(former);
        }

        Past bound(Binding now, boolean provenNow) {
            return new Past(Optional.of(now), provenNow, 0, losses, Optional.empty(), removed, former);
        }

        Past unbound() {
            return new Past(Optional.empty(), proven, failures, losses, trouble, removed, former);
        }

        Past failed(Trouble why) {
            return new Past(binding, proven, failures + 1, losses, Optional.of(why), removed, former);
        }

        Past lost(int nextLosses) {
            return new Past(binding, proven, failures, nextLosses, trouble, removed, former);
        }

        Past removing(List<String> uris) {
            return new Past(binding, proven, failures, losses, trouble, with(removed, uris), former);
        }

        Past leaving(SipUri contact) {
            return new Past(binding, proven, failures, losses, trouble, removed, with(former, List.of(contact)));
        }

        private static <T> List<T> with(List<T> known, List<T> more) {
            var all = new ArrayList<>(known);
            all.addAll(more);
            return all.subList(Math.max(0, all.size() - MOST_REMEMBERED), all.size());
        }
    }

    RegistrationState(
            RegistrationSetup setup,
            RegistrationPhase phase,
            Hunt hunt,
            Register register,
            DigestAuth auth,
            Past past) {
        this.setup = setup;
        this.phase = phase;
        this.hunt = hunt;
        this.register = register;
        this.auth = auth;
        this.past = past;
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (phase) {
            case Asking p -> OptionalLong.of(p.giveUpAtNanos());
            case Bound p -> OptionalLong.of(p.refreshAtNanos());
            case Tidying p -> OptionalLong.of(earlier(p.refreshAtNanos(), p.giveUpAtNanos()));
            case Waiting p -> OptionalLong.of(p.retryAtNanos());
            case Stopped p -> OptionalLong.empty();
            case LeavingSoon p -> OptionalLong.of(p.giveUpAtNanos());
            case Leaving p -> OptionalLong.of(p.giveUpAtNanos());
            case Gone p -> OptionalLong.empty();
        };
    }

    /** How it stands, in the eyes of the user. */
    public RegistrationStatus status() {
        return switch (phase) {
            case Bound p -> registered();
            case Tidying p -> registered();
            case Stopped p ->
                new RegistrationStatus.Stopped(
                        past.trouble().flatMap(t -> asOptional(t.status())).orElse(401),
                        past.trouble().map(Trouble::why).orElse(""));
            case Leaving p -> new RegistrationStatus.Gone();
            case LeavingSoon p -> new RegistrationStatus.Gone();
            case Gone p -> new RegistrationStatus.Gone();
            // A refresh that is out changes nothing yet.
            case Asking p ->
                past.trouble()
                        .<RegistrationStatus>map(t -> new RegistrationStatus.Retrying(t.status(), t.why()))
                        .orElseGet(this::registered);
            case Waiting p ->
                past.trouble()
                        .<RegistrationStatus>map(t -> new RegistrationStatus.Retrying(t.status(), t.why()))
                        .orElseGet(RegistrationStatus.Registering::new);
        };
    }

    private RegistrationStatus registered() {
        return past.binding()
                .<RegistrationStatus>map(
                        b -> new RegistrationStatus.Registered(b.way(), b.untilNanos(), b.serviceRoutes()))
                .orElseGet(RegistrationStatus.Registering::new);
    }

    private static Optional<Integer> asOptional(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    static long earlier(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos <= 0 ? oneNanos : otherNanos;
    }

    /** The ways there are, each with the contact that holds for it now. */
    public List<Registrar> ways() {
        return hunt.candidates().stream().map(Hunt.Candidate::way).toList();
    }

    /** The way that the latest REGISTER took. */
    public Registrar way() {
        return register.wish().way();
    }

    /** Where a binding of ours may be. */
    public Optional<Hop> boundAt() {
        return past.binding().map(binding -> binding.way().hop());
    }

    /**
     * Until when the registrar holds our binding, whatever it says to a refresh meanwhile; empty where it
     * holds none.
     */
    public OptionalLong boundUntilNanos() {
        return past.binding()
                .map(binding -> OptionalLong.of(binding.untilNanos()))
                .orElseGet(OptionalLong::empty);
    }

    /** Whether this answers the latest REGISTER for good. */
    public boolean isFinalAnswer(SipResponse response) {
        return !response.isProvisional()
                && response.branch().equals(register.request().branch());
    }

    RegistrationSetup setup() {
        return setup;
    }

    RegistrationPhase phase() {
        return phase;
    }

    Hunt hunt() {
        return hunt;
    }

    Register register() {
        return register;
    }

    DigestAuth auth() {
        return auth;
    }

    Past past() {
        return past;
    }

    RegistrationState in(RegistrationPhase next) {
        return new RegistrationState(setup, next, hunt, register, auth, past);
    }

    RegistrationState with(Hunt next) {
        return new RegistrationState(setup, phase, next, register, auth, past);
    }

    RegistrationState with(DigestAuth next) {
        return new RegistrationState(setup, phase, hunt, register, next, past);
    }

    RegistrationState with(Past next) {
        return new RegistrationState(setup, phase, hunt, register, auth, next);
    }

    RegistrationState asking(Register next, DigestAuth nextAuth) {
        return new RegistrationState(setup, phase, hunt, next, nextAuth, past);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return setup.callId() + " " + phase.getClass().getSimpleName() + " at "
                + register.wish().way().hop();
    }
}
