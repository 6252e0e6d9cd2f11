package dev.outdial.dialer.call;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.Account;
import dev.outdial.sip.IncomingInvite;
import dev.outdial.sip.RegisterRequest;
import dev.outdial.sip.RegistrarAnswer;
import dev.outdial.sip.Registration;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.registration.RegistrationStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trunk in use: knows the way to it and keeps us registered there.
 *
 * <p><b>Threading:</b> any thread; what blocks says so.
 */
public final class TrunkLine {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkLine.class);

    /** Twice what the user agent allows itself. */
    private static final Duration LOCATE_LIMIT = Duration.ofSeconds(10);

    /** More than the user agent needs to give up a binding. */
    private static final Duration UNREGISTER_LIMIT = Duration.ofSeconds(7);

    private final UserAgent userAgent;
    private final Trunk trunk;
    private final SipUri nextHop;
    private final Account account;
    private final Pauses pauses;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Standing> first = new CompletableFuture<>();
    private final Set<InetAddress> addresses = ConcurrentHashMap.newKeySet();
    private volatile CompletableFuture<Standing> next = new CompletableFuture<>();
    private volatile List<String> routes = List.of();
    private volatile Standing latest = new Standing.Usable();
    private volatile CompletableFuture<Void> wake = new CompletableFuture<>();
    private volatile boolean answeredOptions;
    private Consumer<Standing> watcher = standing -> {};
    private Optional<Standing> told = Optional.empty();
    private @Nullable Registration registration;
    private Set<Hop> registeredWith = Set.of();
    private Set<Hop> keptOpen = Set.of();

    /** How long to wait before the trunk is looked for again. */
    record Pauses(Duration shortest, Duration longest, Duration whileFound) {
        /** Name servers are asked no more often than their answers expire: looking again costs little. */
        static final Pauses USUAL = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(3));

        /** Doubled with each failure in a row. */
        Duration after(int failures) {
            if (failures == 0) return whileFound;
            Duration doubled = shortest.multipliedBy(1L << Math.min(failures - 1, 16));
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /** One look for the trunk; false where it was not found. */
    @FunctionalInterface
    private interface Look {
        boolean found() throws InterruptedException;
    }

    /**
     * What came of registering: whether calls can go out over a trunk, once no binding of before holds any
     * more.
     */
    public sealed interface Standing {
        /** They can: registered, or registration is not wanted. */
        record Usable() implements Standing {}

        /**
         * They cannot.
         *
         * @param status the registrar's answer, where there was one
         * @param why one sentence
         */
        record Unusable(OptionalInt status, String why) implements Standing {}
    }

    /** A line that is not registered yet. */
    public TrunkLine(UserAgent userAgent, Trunk trunk) {
        this(userAgent, trunk, Pauses.USUAL);
    }

    TrunkLine(UserAgent userAgent, Trunk trunk, Pauses pauses) {
        this.pauses = pauses;
        this.userAgent = userAgent;
        this.trunk = trunk;
        this.nextHop = Addressing.nextHop(trunk);
        this.account = new Account(
                Addressing.addressOfRecord(trunk),
                LegPlan.credentials(trunk),
                trunk.displayName(),
                trunk.outboundProxy().map(SipUri::parse));
    }

    public Trunk trunk() {
        return trunk;
    }

    /**
     * The ways to the trunk, best first. <b>Blocks</b> on the name service, for seconds at most.
     *
     * @throws SipException if the host does not resolve
     */
    public List<Hop> hops() throws InterruptedException {
        List<Hop> hops = locate(userAgent, nextHop);
        hops.forEach(hop -> addresses.add(hop.address().getAddress()));
        userAgent.listenTo(hops);
        return hops;
    }

    /**
     * The ways to a URI, best first. <b>Blocks</b> on the name service, for seconds at most.
     *
     * @throws SipException if the host does not resolve
     */
    static List<Hop> locate(UserAgent userAgent, SipUri uri) throws InterruptedException {
        try {
            return userAgent.locate(uri).toCompletableFuture().get(LOCATE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SipException unresolved
                    ? unresolved
                    : new IllegalStateException(failed.getCause());
        } catch (TimeoutException stuck) {
            throw new SipException("cannot resolve host '" + uri.host() + "': no answer in time", stuck);
        }
    }

    /**
     * Finds a trunk that is not registered with, so that its calls to us are known and find the way through a
     * NAT, and finds it again every few minutes until {@link #close}. <b>Blocks</b> until then.
     */
    public void find() throws InterruptedException {
        attend(this::found);
    }

    private boolean found() throws InterruptedException {
        try {
            keepOpen(hops());
            return true;
        } catch (SipException unknown) {
            LOG.debug("trunk={} {}", trunk.name(), unknown.getMessage());
            return false;
        } finally {
            first.complete(latest); // a call asks again, and says what is wrong
        }
    }

    /**
     * Asks by OPTIONS whether the trunk is there, as often as it is to be, until {@link #close}. <b>Blocks</b>
     * until then.
     */
    public void keepAsking() throws InterruptedException {
        Duration every = trunk.optionsEvery().orElseThrow();
        while (true) {
            await(closing, every);
            if (closing.isDone()) return;
            handle(answersOptions());
        }
    }

    /** Any final answer will do: whoever refuses OPTIONS is there. */
    private boolean answersOptions() throws InterruptedException {
        try {
            int status = userAgent
                    .options(SipUri.parse(trunk.uri()).withoutUser(), hops(), Optional.of(account))
                    .toCompletableFuture()
                    .get();
            LOG.debug("trunk={} answers OPTIONS with {}", trunk.name(), status);
            return true;
        } catch (SipException | ExecutionException silent) {
            LOG.debug("trunk={} does not answer OPTIONS", trunk.name(), silent);
            return false;
        }
    }

    /**
     * What an OPTIONS came to. One that never answered is not given up for it: some take none. Where there is
     * a registration, that says whether it holds.
     */
    void handle(boolean optionsAnswered) {
        if (optionsAnswered) {
            answeredOptions = true;
            if (!trunk.register()) latest = new Standing.Usable();
        } else if (answeredOptions) {
            LOG.warn("trunk={} does not answer OPTIONS any more", trunk.name());
            if (!trunk.register()) {
                latest = new Standing.Unusable(
                        OptionalInt.empty(), "trunk " + trunk.name() + ": it does not answer OPTIONS any more");
            }
            refresh();
            wake.complete(null); // it may have moved
        }
    }

    private synchronized void keepOpen(List<Hop> hops) {
        if (!closing.isDone()) keptOpen = userAgent.keepOpen(keptOpen, hops);
    }

    /** The ways on which a trunk that is not registered with reaches us through a NAT. */
    synchronized Set<Hop> keptOpen() {
        return keptOpen;
    }

    /** Looks for the trunk until the line is closed: soon where it was not found, or when the registrar falls silent. */
    private void attend(Look look) throws InterruptedException {
        int failures = 0;
        while (true) {
            wake = new CompletableFuture<>();
            if (closing.isDone()) return;
            failures = look.found() ? 0 : failures + 1;
            await(wake, pauses.after(failures));
            await(
                    closing,
                    pauses.shortest()); // whatever wakes us, name servers and registrars are not asked in a circle
        }
    }

    private synchronized @Nullable Registration registration() {
        return registration;
    }

    /** As whom we register and ask, which a call may differ from. */
    public Account account() {
        return account;
    }

    /** What answers challenges within its calls. */
    public Optional<Credentials> credentials() {
        return account.credentials();
    }

    /** Whether a call to us is for the contact that we registered with this trunk. */
    public boolean isCalled(IncomingInvite invite) {
        Registration known = registration();
        return known != null
                && invite.requestUri()
                        .flatMap(SipUri::user)
                        .filter(known.contactUser()::equals)
                        .isPresent();
    }

    /** Whether a call to us comes from an address of this trunk, which it may share with others. */
    public boolean isSourceOf(IncomingInvite invite) {
        return isAt(invite.source().address().getAddress());
    }

    boolean isAt(InetAddress address) {
        return addresses.contains(address);
    }

    /**
     * Registers, and stays registered until {@link #close}, wherever the trunk moves to. <b>Blocks</b> until then.
     *
     * @param mailbox runs what the registrar's answers lead to
     */
    public void register(Executor mailbox) throws InterruptedException {
        attend(() -> registered(mailbox));
    }

    private boolean registered(Executor mailbox) throws InterruptedException {
        try {
            List<Hop> hops = hops();
            if (mayStay(Set.copyOf(hops))) return true;
            leave();
            registerWith(hops, mailbox);
            return true;
        } catch (SipException unreachable) {
            // Who is registered stays so as long as the registrar answers, whatever the name servers say.
            if (registration() == null) {
                stand(new Standing.Unusable(
                        OptionalInt.empty(), "trunk " + trunk.name() + ": " + unreachable.getMessage()));
            }
            return false;
        }
    }

    /** Whether the registration holds where the trunk is now. */
    private synchronized boolean mayStay(Set<Hop> now) {
        if (registration == null) return false;
        if (registration.state() instanceof RegistrationStatus.Registered bound) {
            return now.contains(bound.registrar().hop());
        }
        return now.equals(registeredWith);
    }

    private synchronized void registerWith(List<Hop> hops, Executor mailbox) {
        if (closing.isDone()) return;
        registeredWith = Set.copyOf(hops);
        registration = userAgent.register(new RegisterRequest(account, hops, trunk.expires()), mailbox, this::handle);
    }

    /** Gives up the binding where the trunk was, before another is made: some registrars allow one only. */
    private void leave() throws InterruptedException {
        Registration old = registration();
        if (old == null) return;
        LOG.info("trunk={} has moved, registering anew", trunk.name());
        await(old.unregister().toCompletableFuture(), UNREGISTER_LIMIT);
        synchronized (this) {
            registration = null;
        }
    }

    private static void await(CompletableFuture<?> happening, Duration longest) throws InterruptedException {
        try {
            happening.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goOn) {
            // whoever waits looks again
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The way that the registrar wants calls to take (Service-Route, RFC 3608); mostly empty. */
    List<String> routes() {
        return routes;
    }

    /** Completes when the first registration succeeded or failed; at once where none is wanted. */
    public CompletableFuture<Standing> first() {
        return first;
    }

    /** Completes when the registrar has said yes or no again, or could not be reached; never where the trunk is not registered with. */
    public CompletableFuture<Standing> next() {
        return next;
    }

    /** What the registrar said last, oldest first; nothing where the trunk is not registered with. */
    public List<RegistrarAnswer> registrarAnswers() {
        Registration known = registration();
        return known == null ? List.of() : known.answers();
    }

    /** The user part of the Contact that is registered; empty where none is. */
    public Optional<String> contactUser() {
        return Optional.ofNullable(registration()).map(Registration::contactUser);
    }

    /** Registers anew, soon; nothing where the trunk is not registered with. Asking often does no harm. */
    public void refresh() {
        Registration known = registration();
        if (known != null) {
            known.refresh();
        }
    }

    /**
     * What came of the last try to register; calls may go on beyond one that failed: {@link
     * #standingForCalls}.
     */
    public Standing standing() {
        return latest;
    }

    /**
     * Whether calls can go out now: a refresh that failed takes away nothing before the binding has run out.
     */
    Standing standingForCalls() {
        Registration known = registration();
        return forCalls(latest, known == null ? OptionalLong.empty() : known.boundUntilNanos(), System.nanoTime());
    }

    static Standing forCalls(Standing last, OptionalLong boundUntilNanos, long nowNanos) {
        boolean bound = boundUntilNanos.isPresent() && nowNanos - boundUntilNanos.getAsLong() < 0;
        return bound ? new Standing.Usable() : last;
    }

    /** Has somebody told what the registrar says when that changes, and at once what it has said; in place of anybody before. Only hands on. */
    public synchronized void watch(Consumer<Standing> watches) {
        watcher = watches;
        told.ifPresent(watches);
    }

    private synchronized void tell(Standing standing) {
        if (told.filter(standing::equals).isPresent() || closing.isDone()) return;
        told = Optional.of(standing);
        watcher.accept(standing);
    }

    /** Un-registers; completes within seconds whatever the registrar does. */
    public CompletionStage<?> close() {
        Registration running;
        synchronized (this) {
            closing.complete(null);
            wake.complete(null);
            keptOpen = userAgent.keepOpen(keptOpen, List.of());
            running = registration;
        }
        if (running == null) {
            return CompletableFuture.allOf();
        }
        return running.unregister();
    }

    /** What the registration tells. */
    void handle(RegistrationEvent event) {
        switch (event) {
            case RegistrationEvent.Registered r -> {
                routes = r.serviceRoutes();
                stand(new Standing.Usable());
            }
            case RegistrationEvent.Refused r -> stand(new Standing.Unusable(OptionalInt.of(r.status()), refusal(r)));
            case RegistrationEvent.Unreachable u -> {
                stand(new Standing.Unusable(
                        OptionalInt.empty(),
                        "trunk " + trunk.name() + ": the registrar cannot be reached: " + u.why()));
                wake.complete(null); // it may have moved
            }
            case RegistrationEvent.Unregistered u -> LOG.debug("trunk={} un-registered", trunk.name());
        }
    }

    private String refusal(RegistrationEvent.Refused refused) {
        String what = !refused.credentialsWrong()
                ? "the registrar refused the registration"
                : trunk.password().isEmpty()
                        ? "the registrar asks for a password, and none was given"
                        : "the registrar does not accept this user and password";
        return "trunk " + trunk.name() + ": " + what + " (" + refused.status() + " " + refused.reason() + ")";
    }

    private void stand(Standing standing) {
        LOG.debug("trunk={} {}", trunk.name(), standing);
        latest = standing;
        tell(standing);
        first.complete(standing);
        CompletableFuture<Standing> awaited = next;
        next = new CompletableFuture<>();
        awaited.complete(standing);
    }
}
