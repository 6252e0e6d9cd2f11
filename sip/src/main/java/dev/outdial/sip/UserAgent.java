package dev.outdial.sip;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.jain.JainTransport;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.registration.RegistrationSetup;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Way;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * A SIP user agent that dials out: opens listening points when they are first needed and closes everything. It does not take calls
 * and knows nothing of media. <b>Threading:</b> any thread; what may block says so.
 */
public final class UserAgent implements AutoCloseable {
    private final UserAgentConfig config;
    private final Optional<InetAddress> bindAddress;
    private final Words words = new Words();
    private final Switchboard switchboard = new Switchboard(words);
    private final ScheduledThreadPoolExecutor clock;
    private final SipTransport transport;

    private UserAgent(UserAgentConfig config, Optional<InetAddress> bindAddress) throws IOException {
        this.config = config;
        this.bindAddress = bindAddress;
        this.transport = JainTransport.open(bindAddress, config.bindPort(), config.tlsTrust(), switchboard);
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "sip-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Starts an agent. With a configured address the UDP listening point is opened here, so that a taken port shows at once.
     *
     * @throws SipException with a sentence for a person, such as that the address is in use or the trust file holds no certificate
     */
    public static UserAgent open(UserAgentConfig config) {
        try {
            Optional<InetAddress> address = config.bindHost().isEmpty()
                    ? Optional.empty()
                    : Optional.of(concrete(config.bindHost().get()));
            return new UserAgent(config, address);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Finds the address of a URI's host. Over TLS, whoever answers there must prove to be that host. <b>Blocks</b> on the name service:
     * application threads only.
     *
     * @throws SipException when the host does not resolve
     */
    public Hop resolve(SipUri uri) {
        var address = new InetSocketAddress(lookUp(uri.host()), uri.portOrDefault());
        return uri.transport() == TransportProtocol.TLS
                ? Hop.overTls(address, uri.host())
                : new Hop(address, uri.transport());
    }

    // Via and Contact name it: a wildcard there leads nobody to us.
    private static InetAddress concrete(String host) {
        InetAddress address = lookUp(host);
        if (address.isAnyLocalAddress())
            throw new SipException("cannot use " + host
                    + " as the local address: the far end must be told a concrete one; leave it out to use the one that"
                    + " the route to each trunk uses");
        return address;
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SipException("cannot resolve host '" + host + "'", e);
        }
    }

    /**
     * The local address that the route to the hop uses, or the configured one: what belongs into a session description.
     *
     * @throws SipException when there is no route
     */
    public InetAddress localAddressFor(Hop hop) {
        if (bindAddress.isPresent()) return bindAddress.get();
        try {
            return JainTransport.routeTo(hop);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Registers and keeps registered until {@link Registration#unregister}. Returns at once.
     *
     * @param expires how long a binding is asked for; it is refreshed after 80-90 % of what the registrar grants
     * @param mailbox runs one task at a time, in order
     * @param listener called on the mailbox
     * @throws SipException when no port can be opened
     */
    public Registration register(
            Account account, Hop registrar, Duration expires, Executor mailbox, Consumer<RegistrationEvent> listener) {
        String callId = words.callId();
        SipUri contact =
                contact(account.addressOfRecord(), account.addressOfRecord().user(), registrar, open(registrar));
        var setup = new RegistrationSetup(
                callId,
                account.addressOfRecord(),
                account.displayName(),
                account.credentials(),
                registrar,
                contact,
                config.product(),
                expires,
                words.tokens());
        var runner = new RegistrationRunner(setup, mailbox, listener, transport, switchboard, clock);
        switchboard.connect(callId, runner);
        runner.start();
        return new Registration(runner);
    }

    /**
     * Places a call. Returns at once; the INVITE is handed to its sender before that. Hops for which no port can be opened are left out; where
     * none is left, {@code Ended} tells why.
     *
     * @param mailbox runs one task at a time, in order; best called from a task of it
     * @param listener called on the mailbox
     * @throws IllegalArgumentException when the Call-ID is in use
     */
    public InviteSession invite(InviteRequest request, Executor mailbox, Consumer<SessionEvent> listener) {
        Account account = request.account();
        var ways = new ArrayList<Way>();
        String trouble = "";
        for (Hop hop : request.hops()) {
            try {
                ways.add(new Way(hop, contact(request, hop, transport.localAddress(hop))));
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
        }
        if (ways.isEmpty()) {
            var end = new SessionEnd(
                    Cause.TRANSPORT, EndedBy.LOCAL, OptionalInt.empty(), trouble, OptionalInt.empty(), false);
            mailbox.execute(() -> listener.accept(new SessionEvent.Ended(end)));
            return new InviteSession(request.callId(), SessionCommands.NONE);
        }
        var setup = new SessionSetup(
                request.callId(),
                account.addressOfRecord(),
                account.displayName(),
                account.credentials(),
                request.target(),
                ways,
                config.product(),
                request.offer(),
                headers(request.headers()),
                request.options(),
                words.tokens());
        var runner = new InviteRunner(setup, mailbox, listener, transport, switchboard, clock, report -> {});
        if (!switchboard.connect(request.callId(), runner)) {
            throw new IllegalArgumentException("Call-ID " + request.callId() + " is in use");
        }
        runner.start();
        return new InviteSession(request.callId(), runner);
    }

    // Where nobody is to learn who calls, Contact must not say it either (RFC 3323 section 4.1).
    private static SipUri contact(InviteRequest request, Hop hop, InetSocketAddress local) {
        boolean anonymous = request.options().identity().anonymous();
        Optional<String> user = anonymous
                ? Optional.empty()
                : request.account().addressOfRecord().user();
        return contact(request.target(), user, hop, local);
    }

    private static List<Header> headers(Map<String, String> byName) {
        var headers = new ArrayList<Header>();
        byName.forEach((name, value) -> headers.add(new Header(name, value)));
        return headers;
    }

    /**
     * Asks whether somebody is there; completes with the status of the final response, exceptionally with {@link SipException} where
     * none comes within 32 seconds.
     */
    public CompletionStage<Integer> options(SipUri target, Hop hop) {
        String callId = words.callId();
        var runner = new OptionsRunner(callId, switchboard);
        switchboard.connect(callId, runner);
        try {
            SipUri contact = contact(target, Optional.empty(), hop, transport.localAddress(hop));
            transport.send(OptionsRunner.request(callId, target, hop, contact, config.product(), words.tokens()));
        } catch (IOException e) {
            runner.fail(String.valueOf(e.getMessage()));
        }
        return runner.status();
    }

    /** What came from the network and was not listened to, since the agent was opened. */
    public TransportStatistics statistics() {
        return transport.statistics();
    }

    private InetSocketAddress open(Hop hop) {
        try {
            return transport.localAddress(hop);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    // RFC 3261 8.1.1.8: who is called by a SIPS URI gets one in return, and that says TLS already.
    private static SipUri contact(SipUri called, Optional<String> user, Hop hop, InetSocketAddress local) {
        Map<String, String> parameters = hop.transport() == TransportProtocol.UDP || called.secure()
                ? Map.of()
                : Map.of("transport", hop.transport().parameter());
        return new SipUri(
                called.secure(),
                Optional.of(user.orElse("outdial")),
                HostPort.of(local.getAddress()),
                OptionalInt.of(local.getPort()),
                parameters);
    }

    /**
     * Closes everything, within 3 seconds. Sessions still running are told {@code Ended} and send nothing more: hang up, and unregister,
     * before.
     */
    @Override
    public void close() {
        switchboard.disconnectAll().forEach(Party::closed);
        transport.close();
        clock.shutdownNow();
    }
}
