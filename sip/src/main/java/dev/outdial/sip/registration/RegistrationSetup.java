package dev.outdial.sip.registration;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a registration is made from.
 *
 * @param callId the Call-ID of all its requests
 * @param addressOfRecord who is registered; its host is the registrar's domain
 * @param displayName the name shown beside that
 * @param credentials what answers a challenge
 * @param routes the values of Route, such as that of an outbound proxy; mostly none
 * @param ways where the REGISTER may go, the best first (RFC 3263); at least one
 * @param contactUser the user part of the contacts in {@code ways}
 * @param product the User-Agent header
 * @param expires how long the binding is wanted, 1 second to 2^32-1 seconds
 * @param tokens the random words
 */
public record RegistrationSetup(
        String callId,
        SipUri addressOfRecord,
        Optional<String> displayName,
        Optional<Credentials> credentials,
        List<String> routes,
        List<Registrar> ways,
        ContactUser contactUser,
        String product,
        Duration expires,
        Tokens tokens) {
    /** Checks the range of expires, and that there is a way. */
    public RegistrationSetup {
        if (expires.toSeconds() < 1 || expires.toSeconds() > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "a registration cannot be asked for " + expires.toSeconds() + " seconds");
        }
        if (ways.isEmpty()) throw new IllegalArgumentException("there is no way to the registrar");
        routes = List.copyOf(routes);
        ways = List.copyOf(ways);
    }
}
