package dev.outdial.dialer.trunk;

import dev.outdial.sip.Account;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.SipUri;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
        DialFormat format) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

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
        if (realm.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("trunk " + name + ": the realm is empty");
        }
        if (optionsEvery
                .filter(every -> every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("trunk " + name + ": OPTIONS every "
                    + optionsEvery.get().toMillis() + " ms: 1 s to 1 h is expected");
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
        var unusedAccount = new Account(parsed, Optional.empty(), displayName);
    }

    /** One whose password is for the first digest realm that asks, that is not asked by OPTIONS, and whose calls look as usual. */
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
                DialFormat.PLAIN);
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
        return new Trunk(
                name,
                uri,
                Optional.of(newUser),
                Optional.of(newPassword),
                register,
                callerId,
                displayName,
                wire,
                realm,
                optionsEvery,
                format);
    }

    /** The same trunk with a password for the user of its URI. */
    public Trunk withPassword(String newPassword) {
        return new Trunk(
                name,
                uri,
                user,
                Optional.of(newPassword),
                register,
                callerId,
                displayName,
                wire,
                realm,
                optionsEvery,
                format);
    }

    /** The same trunk, dialled without registering: trunks that know their customers by address. */
    public Trunk withoutRegistration() {
        return new Trunk(name, uri, user, password, false, callerId, displayName, wire, realm, optionsEvery, format);
    }

    /** The same trunk, calling from this number or name. */
    public Trunk withCallerId(String number) {
        return new Trunk(
                name,
                uri,
                user,
                password,
                register,
                Optional.of(number),
                displayName,
                wire,
                realm,
                optionsEvery,
                format);
    }

    /** The same trunk, showing this name. */
    public Trunk withDisplayName(String shown) {
        return new Trunk(
                name, uri, user, password, register, callerId, Optional.of(shown), wire, realm, optionsEvery, format);
    }

    /** The same trunk with another way for the sound. */
    public Trunk withWire(WireOptions options) {
        return new Trunk(
                name, uri, user, password, register, callerId, displayName, options, realm, optionsEvery, format);
    }

    /**
     * The same trunk, whose password is given to this digest realm alone; without one, the first that asks.
     *
     * @throws IllegalArgumentException where it is empty or cannot stand in a message
     */
    public Trunk withRealm(String only) {
        return new Trunk(
                name,
                uri,
                user,
                password,
                register,
                callerId,
                displayName,
                wire,
                Optional.of(only),
                optionsEvery,
                format);
    }

    /**
     * The same trunk, asked by OPTIONS that often whether it is there: this keeps the way to us open, and one that answered before and
     * does not any more is looked for anew and, where it is not registered with, not dialled until it answers.
     *
     * @param every 1 s to 1 h
     * @throws IllegalArgumentException for another time
     */
    public Trunk askedEvery(Duration every) {
        return new Trunk(
                name, uri, user, password, register, callerId, displayName, wire, realm, Optional.of(every), format);
    }

    /** The same trunk, whose calls look so. */
    public Trunk withFormat(DialFormat newFormat) {
        return new Trunk(
                name, uri, user, password, register, callerId, displayName, wire, realm, optionsEvery, newFormat);
    }

    @Override
    public String toString() {
        return "Trunk[" + name + ", " + uri + (password.isPresent() ? ", password=***" : "") + "]";
    }
}
