package dev.outdial.dialer.call;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.Account;
import dev.outdial.sip.IncomingInvite;
import dev.outdial.sip.RegisterRequest;
import dev.outdial.sip.Registration;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.RegistrationEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final Duration EXPIRES = Duration.ofMinutes(5);

    /** Twice what the user agent allows itself. */
    private static final Duration LOCATE_LIMIT = Duration.ofSeconds(10);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final UserAgent userAgent;
    private final Trunk trunk;
    private final Account account;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Standing> first = new CompletableFuture<>();
    private final Set<InetAddress> addresses = ConcurrentHashMap.newKeySet();
    private volatile List<String> routes = List.of();
    private volatile Standing latest = new Standing.Usable();
    private @Nullable Registration registration;

    /** Whether calls can go out over a trunk now. */
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
    public TrunkLine(UserAgent userAgent, Trunk trunk, Account account) {
        this.userAgent = userAgent;
        this.trunk = trunk;
        this.account = account;
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
        List<Hop> hops = locate(userAgent, SipUri.parse(trunk.uri()));
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

    /** Finds a trunk that is not registered with, so that its calls to us are known. <b>Blocks</b> on the name service. */
    public void find() throws InterruptedException {
        try {
            hops();
        } catch (SipException unknown) {
            LOG.debug("trunk={} {}", trunk.name(), unknown.getMessage());
        }
        first.complete(latest); // a call asks again, and says what is wrong
    }

    private synchronized @Nullable Registration registration() {
        return registration;
    }

    /** What answers challenges within its calls. */
    public Optional<Credentials> credentials() {
        return account.credentials();
    }

    /** Whether a call to us came by this trunk: it is for the contact that we registered, or comes from an address of the trunk. */
    public boolean isFor(IncomingInvite invite) {
        Registration known = registration();
        boolean called = known != null
                && invite.requestUri()
                        .flatMap(SipUri::user)
                        .filter(known.contactUser()::equals)
                        .isPresent();
        return called || addresses.contains(invite.source().address().getAddress());
    }

    /**
     * Registers, and stays registered until {@link #close}. <b>Blocks</b> on the name service, and asks it again, less and less
     * often, for as long as it does not know the trunk.
     */
    public void register(Executor mailbox) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (!closing.isDone() && !tryToRegister(mailbox)) {
            if (waitedInVain(pause)) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean tryToRegister(Executor mailbox) throws InterruptedException {
        try {
            var request = new RegisterRequest(account, hops(), EXPIRES);
            synchronized (this) {
                if (!closing.isDone()) {
                    registration = userAgent.register(request, mailbox, this::handle);
                }
            }
            return true;
        } catch (SipException unreachable) {
            stand(new Standing.Unusable(
                    OptionalInt.empty(), "trunk " + trunk.name() + ": " + unreachable.getMessage()));
            return false;
        }
    }

    /** Whether the pause passed without the line being closed. */
    private boolean waitedInVain(Duration pause) throws InterruptedException {
        try {
            closing.get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException stillWanted) {
            return true;
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

    /** How things stand now. */
    public Standing standing() {
        return latest;
    }

    /** Un-registers; completes within seconds whatever the registrar does. */
    public CompletionStage<?> close() {
        Registration running;
        synchronized (this) {
            closing.complete(null);
            running = registration;
        }
        if (running == null) {
            return CompletableFuture.allOf();
        }
        return running.unregister();
    }

    private void handle(RegistrationEvent event) {
        switch (event) {
            case RegistrationEvent.Registered r -> {
                routes = r.serviceRoutes();
                stand(new Standing.Usable());
            }
            case RegistrationEvent.Refused r -> stand(new Standing.Unusable(OptionalInt.of(r.status()), refusal(r)));
            case RegistrationEvent.Unreachable u ->
                stand(new Standing.Unusable(
                        OptionalInt.empty(),
                        "trunk " + trunk.name() + ": the registrar cannot be reached: " + u.why()));
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
        first.complete(standing);
    }
}
