package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A binding to be made and kept.
 *
 * @param account who registers, and as whom
 * @param registrars where the REGISTER may go, the best first; the next one is asked when one fails (RFC 3263 section 4.3); 1-20
 * @param expires how long a binding is asked for, 1 second to 2^32-1 seconds; it is refreshed after 80-90 % of what the registrar grants
 * @param contactUser the user part of our Contact, for a registrar that insists on a certain one; where empty, a word of its own that begins
 *     with the user of the account, so that the Request-URI of a call to us says which account is called
 */
public record RegisterRequest(Account account, List<Hop> registrars, Duration expires, Optional<String> contactUser) {
    private static final int MOST_REGISTRARS = 20;

    /** Checks that there are registrars, and not too many. */
    public RegisterRequest {
        registrars = List.copyOf(registrars);
        if (registrars.isEmpty() || registrars.size() > MOST_REGISTRARS)
            throw new IllegalArgumentException(registrars.size() + " registrars; expected 1-" + MOST_REGISTRARS);
    }

    /** With a word of its own in the Contact. */
    public RegisterRequest(Account account, List<Hop> registrars, Duration expires) {
        this(account, registrars, expires, Optional.empty());
    }
}
