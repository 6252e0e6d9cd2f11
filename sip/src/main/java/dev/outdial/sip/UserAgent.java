package dev.outdial.sip;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.DialogSetup;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.dns.NameResolver;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.jain.JainTransport;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.options.OptionsProbe;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.transport.ConnectionTrial;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportStatistics;
import dev.outdial.sip.transport.WireTap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * A SIP user agent that dials out and takes calls: opens listening points when they are first needed and closes everything. It knows
 * nothing of media. <b>Threading:</b> any thread; what may block says so.
 */
public final class UserAgent implements AutoCloseable {
    /** The user part of a Contact of nobody in particular. */
    static final String NAMELESS = "outdial";

    private final UserAgentConfig config;
    private final Optional<InetAddress> bindAddress;
    private final Words words = new Words();
    private final Switchboard switchboard = new Switchboard(words);
    private final ScheduledThreadPoolExecutor clock;
    private final SipTransport transport;
    private final Reception reception;
    private final NameResolver names;
    private final Addresses addresses;
    private final KeepAlives keepAlives;
    private final Registrations registrations;
    private final Peers peers;
    private final Invitations invitations;

    private UserAgent(UserAgentConfig config, Optional<InetAddress> bindAddress) throws IOException {
        this.config = config;
        this.bindAddress = bindAddress;
        this.transport = JainTransport.open(bindAddress, config.bindPort(), config.tlsTrust(), switchboard);
        this.peers = new Peers(transport);
        this.addresses = new Addresses(config.publicAddress(), transport);
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "sip-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        this.reception = new Reception(transport, clock, words, config.product(), this::contactFor);
        switchboard.connect(reception);
        this.names = new NameResolver(config.dnsServers(), bindAddress, this::hasRouteTo);
        this.keepAlives = new KeepAlives(transport, addresses);
        this.registrations =
                new Registrations(config.product(), words, transport, addresses, keepAlives, switchboard, clock);
        this.invitations = new Invitations(config.product(), words, transport, addresses, peers, switchboard, clock);
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
     * Finds where requests for a URI may be sent, best first (RFC 3263): by NAPTR, SRV, A and AAAA records, over families of addresses that
     * have a route from here. At least one hop, at most 16. Over TLS, whoever answers there must prove to be the URI's host. Takes at most
     * 5 seconds, and blocks nobody.
     *
     * @return completes exceptionally with {@link SipException} when the host does not resolve
     */
    public CompletionStage<List<Hop>> locate(SipUri uri) {
        var located = new CompletableFuture<List<Hop>>();
        names.locate(uri).whenComplete((hops, failure) -> {
            if (failure == null) located.complete(hops);
            else located.completeExceptionally(new SipException(String.valueOf(failure.getMessage()), failure));
        });
        return located;
    }

    private boolean hasRouteTo(InetAddress address) {
        if (bindAddress.isPresent()) return true;
        try {
            JainTransport.routeTo(new Hop(
                    new InetSocketAddress(address, TransportProtocol.UDP.defaultPort()), TransportProtocol.UDP));
            return true;
        } catch (IOException e) {
            return false;
        }
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
     * Where the hop reaches us: what belongs into a Contact. The address that the far end has seen us under, or the configured public one, else
     * the local one. Opens a listening point where there is none yet.
     *
     * @throws SipException when there is no route, or no port can be opened
     */
    public InetSocketAddress contactAddress(Hop hop) {
        try {
            return addresses.contact(hop);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The address under which the hop sees us, where it is known, or configured, to be another than the local one. */
    public Optional<InetAddress> publicAddressFor(Hop hop) {
        return addresses.publicAddress(hop, localAddressFor(hop));
    }

    /**
     * The address for c= and o= of a session description that goes over that hop: the public one where there is one, else the local one. Sockets
     * are bound to {@link #localAddressFor} all the same.
     *
     * @throws SipException when there is no route
     */
    public InetAddress mediaAddressFor(Hop hop) {
        InetAddress local = localAddressFor(hop);
        return addresses.publicAddress(hop, local).orElse(local);
    }

    /**
     * Registers and keeps registered until {@link Registration#unregister}. Returns at once. Of several registrars those that no route leads to
     * are left out.
     *
     * @param mailbox runs one task at a time, in order
     * @param listener called on the mailbox
     * @throws SipException when no port can be opened towards any of the registrars
     */
    public Registration register(RegisterRequest request, Executor mailbox, Consumer<RegistrationEvent> listener) {
        peers.add(request.registrars());
        return registrations.begin(request, mailbox, listener);
    }

    /** Registers at one registrar; otherwise as {@link #register(RegisterRequest, Executor, Consumer)}. */
    public Registration register(
            Account account, Hop registrar, Duration expires, Executor mailbox, Consumer<RegistrationEvent> listener) {
        return register(new RegisterRequest(account, List.of(registrar), expires), mailbox, listener);
    }

    /**
     * Places a call. Returns at once; the INVITE is handed to its sender before that. Hops that have asked for rest (503 with Retry-After), or
     * that have been silent or could not be reached three times in a row, are left out for a while, and so are those for which no port can be opened; where
     * none is left, {@code Ended} tells why.
     *
     * @param mailbox runs one task at a time, in order; best called from a task of it
     * @param listener called on the mailbox
     * @throws IllegalArgumentException when the Call-ID is in use
     */
    public InviteSession invite(InviteRequest request, Executor mailbox, Consumer<SessionEvent> listener) {
        return invitations.begin(request, mailbox, listener);
    }

    /**
     * Has those listened to from now on who may call us or ask us without our having turned to them; strangers are not heard. Opens the
     * listening points that they reach us by.
     *
     * @throws SipException when a port cannot be opened
     */
    public void listenTo(List<Hop> hops) {
        peers.add(hops);
        try {
            for (Hop hop : hops) {
                // Nobody connects to us over TLS: we show no certificate.
                if (hop.transport() != TransportProtocol.TLS) transport.localAddress(hop);
            }
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Has the NAT that stands between, if any, not forget the ways over UDP to who reaches us without our
     * being registered there.
     *
     * @param before what this returned the last time; nothing at first
     * @param hops in place of those before; none to let go of all
     * @return what is kept open from here on
     */
    public Set<Hop> keepOpen(Set<Hop> before, List<Hop> hops) {
        Set<Hop> now = keepAlives.needed(hops);
        keepAlives.change(before, now);
        return now;
    }

    /**
     * From here on calls to us are announced to that handler, in place of any other. Until there is one, they are answered 480. At most 200
     * calls wait for a decision; those beyond are answered 503. Which registration a call is for, the user part of its {@linkplain
     * IncomingInvite#requestUri Request-URI} says: that of the contact which was registered.
     */
    public void onIncoming(IncomingHandler handler) {
        reception.announceTo(handler);
    }

    // As we were called, so we are reached further on.
    private SipUri contactFor(SipRequest invite, Responder responder) throws IOException {
        Optional<SipUri> called = IncomingInvite.read(invite.uri());
        boolean secure = called.filter(SipUri::secure).isPresent();
        SipUri base = new SipUri(secure, Optional.empty(), "invalid", OptionalInt.empty(), Map.of());
        return addresses.contactUri(base, called.flatMap(SipUri::user).orElse(NAMELESS), responder.source());
    }

    /**
     * Asks whether somebody is there; completes with the status of the final response, exceptionally with {@link SipException} where
     * none comes within 32 seconds. What hangs on it runs on a thread of its own.
     */
    public CompletionStage<Integer> options(SipUri target, Hop hop) {
        return options(target, List.of(hop), Optional.empty());
    }

    /**
     * Asks whether somebody is there; completes with the status of the final response. The next hop is asked when one says 503, is silent for 32
     * seconds or cannot be reached. A challenge is answered where there is an account with credentials; one that cannot be answered is a
     * final response like others. Completes exceptionally with {@link SipException} where nobody answers.
     *
     * @param hops where the request may go, the best first; at least one
     * @param account who asks; where empty, nobody in particular
     */
    public CompletionStage<Integer> options(SipUri target, List<Hop> hops, Optional<Account> account) {
        return asking(target, hops, account).status();
    }

    /** As {@link #options(SipUri, List, Optional)}; completes with the final response itself. */
    public CompletionStage<SipResponse> ask(SipUri target, List<Hop> hops, Optional<Account> account) {
        return asking(target, hops, account).answer();
    }

    private OptionsRunner asking(SipUri target, List<Hop> hops, Optional<Account> account) {
        peers.add(hops);
        String callId = words.callId();
        var probe = new OptionsProbe(
                callId,
                target,
                account.map(Account::addressOfRecord),
                account.flatMap(Account::credentials),
                account.map(Account::routes).orElse(List.of()),
                config.product(),
                words.tokens());
        var runner = new OptionsRunner(callId, probe, hops, transport, addresses, switchboard, clock);
        switchboard.connect(callId, runner);
        runner.start();
        return runner;
    }

    /**
     * Ends a dialog that no session of this agent keeps up, such as one of a process that is gone: sends a BYE within it, and answers a
     * challenge. Completes with the status of the final response: 481 where the far end knew nothing of it any more. Completes
     * exceptionally with {@link SipException} where none comes within 32 seconds. What hangs on it runs on a thread of its own.
     *
     * @param numbered the BYE has the next number, which must be higher than that of any request that was sent within the dialog
     * @param credentials answer a challenge
     * @return empty when the Call-ID is that of something that goes on here: nothing is sent then
     * @throws SipException when no port can be opened towards the far end
     */
    public Optional<CompletionStage<Integer>> bye(NumberedDialog numbered, Optional<Credentials> credentials) {
        Dialog dialog = numbered.dialog();
        if (switchboard.knows(dialog.callId())) return Optional.empty();
        Hop hop = dialog.hop();
        peers.add(List.of(hop));
        var base = new SipUri(false, Optional.empty(), "invalid", OptionalInt.empty(), Map.of());
        SipUri contact;
        try {
            contact = addresses.contactUri(base, NAMELESS, hop);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
        var setup = new DialogSetup(
                dialog,
                true,
                contact,
                config.product(),
                DigestAuth.of(credentials),
                numbered.localCseq(),
                0,
                words.tokens(),
                Set.of(),
                Optional.empty(),
                Set.of());
        var runner = new ByeRunner(setup, transport, switchboard, clock);
        if (!switchboard.connect(dialog.callId(), runner)) return Optional.empty();
        runner.start();
        return Optional.of(runner.status());
    }

    /**
     * Tries whether a connection to the hop comes about, over TLS with a far end that proves to be whom we mean, and closes it again:
     * nothing is sent over it, and calls and registrations go on over theirs. <b>Blocks</b>, for about twice the limit at most.
     *
     * @param hop one of TCP or TLS
     * @param limit how long the connection, and then the handshake, may take
     */
    public ConnectionTrial tryConnection(Hop hop, Duration limit) {
        return transport.tryConnection(hop, limit);
    }

    /**
     * The local address and port that what is sent to the hop comes from, over TCP where we listen. Opens a listening point where there
     * is none yet.
     *
     * @throws SipException when there is no route, or no port can be opened
     */
    public InetSocketAddress listeningAddress(Hop hop) {
        try {
            return transport.localAddress(hop);
        } catch (IOException e) {
            throw new SipException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Has somebody see every SIP message that goes over the wire from now on, in place of whoever did before. */
    public void tap(WireTap tap) {
        transport.tap(tap);
    }

    /** How many sessions, registrations and deadlines there are: none where nothing goes on. */
    int pending() {
        return switchboard.size() + clock.getQueue().size();
    }

    /** What came from the network and was not listened to, since the agent was opened. */
    public TransportStatistics statistics() {
        return transport.statistics();
    }

    /**
     * Closes everything, within 3 seconds. Sessions still running are told {@code Ended} and send nothing more: hang up, and unregister,
     * before.
     */
    @Override
    public void close() {
        switchboard.disconnectAll().forEach(Party::closed);
        transport.close();
        names.close();
        clock.shutdownNow();
    }
}
