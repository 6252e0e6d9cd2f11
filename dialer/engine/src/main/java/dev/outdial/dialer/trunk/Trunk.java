package dev.outdial.dialer.trunk;

import dev.outdial.sip.Account;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A SIP trunk as its user describes it.
 *
 * @param name what calls name it by; not sent
 * @param uri {@code sip:user@host[:port][;transport=udp|tcp|tls]}: where requests go, and whose address of record they
 *     bear; the user part may be left out where {@code user} is given
 * @param user the name for digest authentication, if the trunk challenges
 * @param password its password; never shown
 * @param register whether to register (and to un-register at the end)
 * @param callerId the number or name to call from; the address of record's user where empty
 * @param displayName the name shown beside it
 * @param wire how the sound goes
 * @param realm the only digest realm that is given the password; where empty, the first that asks
 * @param optionsEvery how often the trunk is asked by OPTIONS whether it is there, 1 s to 1 h; where empty, never
 * @param format how it wants its calls to look
 * @param outboundProxy {@code sip:host[:port][;transport=udp|tcp|tls]}: where requests go in place of the URI's host, with a Route of its
 *     own in those that belong to no dialog yet (RFC 3261 section 8.1.2). Calls to us are taken from there, not from the URI's host
 * @param expires for how long a registration is asked, 30 s to 24 h; it is refreshed before what the registrar grants runs out
 */
public record Trunk(
        String name,
        String uri,
        Optional<String> user,
        Optional<String> password,
        boolean register,
        Optional<String> callerId,
        Optional<String> displayName,
        WireOptions wire,
        Optional<String> realm,
        Optional<Duration> optionsEvery,
        DialFormat format,
        Optional<String> outboundProxy,
        Duration expires) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST_BINDING = Duration.ofSeconds(30);
    private static final Duration LONGEST_BINDING = Duration.ofHours(24);
    private static final Duration USUAL_BINDING = Duration.ofMinutes(5);

    /** The name under which calls without a trunk are accounted for. */
    public static final String DIRECT = "direct";

    public Trunk {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(callerId, "callerId");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(wire, "wire");
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(optionsEvery, "optionsEvery");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(outboundProxy, "outboundProxy");
        if (realm.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("trunk " + name + ": the realm is empty");
        }
        if (optionsEvery
                .filter(every -> every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("trunk " + name + ": OPTIONS every "
                    + optionsEvery.get().toMillis() + " ms: 1 s to 1 h is expected");
        }
        if (expires.compareTo(SHORTEST_BINDING) < 0 || expires.compareTo(LONGEST_BINDING) > 0) {
            throw new IllegalArgumentException(
                    "trunk " + name + ": a registration for " + expires.toMillis() + " ms: 30 s to 24 h is expected");
        }
        if (name.isBlank() || name.equals(DIRECT)) {
            throw new IllegalArgumentException("trunk name '" + name + "': must not be blank or '" + DIRECT + "'");
        }
        SipUri parsed = SipUri.parse(uri);
        if (password.isPresent() && user.isEmpty() && parsed.user().isEmpty()) {
            throw new IllegalArgumentException("trunk " + name + ": a password without a user");
        }
        // Refused here, where it was typed, rather than when the trunk is used.
        if (password.isPresent()) {
            var unusedCredentials = new Credentials(user.or(parsed::user).orElseThrow(), password.get(), realm);
        }
        var unusedAccount = new Account(parsed, Optional.empty(), displayName, outboundProxy.map(SipUri::parse));
    }

    /** One with nothing besides: no realm, no OPTIONS, no format, no proxy, and registrations for 5 min. */
    public Trunk(
            String name,
            String uri,
            Optional<String> user,
            Optional<String> password,
            boolean register,
            Optional<String> callerId,
            Optional<String> displayName,
            WireOptions wire) {
        this(
                name,
                uri,
                user,
                password,
                register,
                callerId,
                displayName,
                wire,
                Optional.empty(),
                Optional.empty(),
                DialFormat.PLAIN,
                Optional.empty(),
                USUAL_BINDING);
    }

    /**
     * A trunk that registers, without credentials yet.
     *
     * @throws IllegalArgumentException if {@code uri} is not a SIP URI; the message says why
     */
    public static Trunk of(String name, String uri) {
        return new Trunk(
                name,
                uri,
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                WireOptions.DEFAULT);
    }

    /** The same trunk with digest credentials. */
    public Trunk withCredentials(String newUser, String newPassword) {
        return with(draft -> {
            draft.user = Optional.of(newUser);
            draft.password = Optional.of(newPassword);
        });
    }

    /** The same trunk with a password for the user of its URI. */
    public Trunk withPassword(String newPassword) {
        return with(draft -> draft.password = Optional.of(newPassword));
    }

    /** The same trunk, dialled without registering: trunks that know their customers by address. */
    public Trunk withoutRegistration() {
        return with(draft -> draft.register = false);
    }

    /** The same trunk, calling from this number or name. */
    public Trunk withCallerId(String number) {
        return with(draft -> draft.callerId = Optional.of(number));
    }

    /** The same trunk, showing this name. */
    public Trunk withDisplayName(String shown) {
        return with(draft -> draft.displayName = Optional.of(shown));
    }

    /** The same trunk with another way for the sound. */
    public Trunk withWire(WireOptions options) {
        return with(draft -> draft.wire = options);
    }

    /**
     * The same trunk, whose password is given to this digest realm alone; without one, the first that asks.
     *
     * @throws IllegalArgumentException where it is empty or cannot stand in a message
     */
    public Trunk withRealm(String only) {
        return with(draft -> draft.realm = Optional.of(only));
    }

    /**
     * The same trunk, asked by OPTIONS that often whether it is there: this keeps the way to us open, and one that answered before and
     * does not any more is looked for anew and, where it is not registered with, not dialled until it answers.
     *
     * @param every 1 s to 1 h
     * @throws IllegalArgumentException for another time
     */
    public Trunk askedEvery(Duration every) {
        return with(draft -> draft.optionsEvery = Optional.of(every));
    }

    /** The same trunk, whose calls look so. */
    public Trunk withFormat(DialFormat newFormat) {
        return with(draft -> draft.format = newFormat);
    }

    /**
     * The same trunk, reached through this proxy.
     *
     * @param proxy {@code host[:port]}, which has the transport of the URI, or {@code sip:host[:port][;transport=udp|tcp|tls]}
     * @throws IllegalArgumentException if it is neither; the message says why
     */
    public Trunk withOutboundProxy(String proxy) {
        return with(draft -> draft.outboundProxy = Optional.of(proxyUri(proxy, SipUri.parse(uri))));
    }

    /**
     * The same trunk, asked for registrations of that length.
     *
     * @param wanted 30 s to 24 h; 5 min where nothing is said
     * @throws IllegalArgumentException for another time
     */
    public Trunk registeringFor(Duration wanted) {
        return with(draft -> draft.expires = wanted);
    }

    private static String proxyUri(String text, SipUri trunk) {
        if (text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5)) return text;
        // UDP goes without saying.
        boolean isSaid = trunk.transport() == TransportProtocol.UDP || text.contains(";transport=");
        return "sip:" + text + (isSaid ? "" : ";transport=" + trunk.transport().parameter());
    }

    private Trunk with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.trunk();
    }

    /** A trunk that is being changed; checked when it is one again. */
    private static final class Draft {
        private final String name;
        private final String uri;
        private Optional<String> user;
        private Optional<String> password;
        private boolean register;
        private Optional<String> callerId;
        private Optional<String> displayName;
        private WireOptions wire;
        private Optional<String> realm;
        private Optional<Duration> optionsEvery;
        private DialFormat format;
        private Optional<String> outboundProxy;
        private Duration expires;

        Draft(Trunk trunk) {
            name = trunk.name;
            uri = trunk.uri;
            user = trunk.user;
            password = trunk.password;
            register = trunk.register;
            callerId = trunk.callerId;
            displayName = trunk.displayName;
            wire = trunk.wire;
            realm = trunk.realm;
            optionsEvery = trunk.optionsEvery;
            format = trunk.format;
            outboundProxy = trunk.outboundProxy;
            expires = trunk.expires;
        }

        Trunk trunk() {
            return new Trunk(
                    name,
                    uri,
                    user,
                    password,
                    register,
                    callerId,
                    displayName,
                    wire,
                    realm,
                    optionsEvery,
                    format,
                    outboundProxy,
                    expires);
        }
    }

    @Override
    public String toString() {
        return "Trunk[" + name + ", " + uri + (password.isPresent() ? ", password=***" : "") + "]";
    }
}
