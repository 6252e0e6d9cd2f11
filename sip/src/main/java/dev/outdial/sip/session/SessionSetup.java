package dev.outdial.sip.session;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * What an outgoing session is made from.
 *
 * @param callId the Call-ID of all its messages
 * @param from who calls
 * @param displayName the name shown beside that
 * @param credentials what answers a challenge
 * @param target who is called
 * @param ways the ways there, tried one after the other; one at least
 * @param product the User-Agent header
 * @param offer the session description
 * @param headers more headers of the INVITE
 * @param options what else is asked for
 * @param tokens the random words
 */
public record SessionSetup(
        String callId,
        SipUri from,
        Optional<String> displayName,
        Optional<Credentials> credentials,
        SipUri target,
        List<Way> ways,
        String product,
        MessageBody offer,
        List<Header> headers,
        InviteOptions options,
        Tokens tokens) {
    /** Takes copies. */
    public SessionSetup {
        ways = List.copyOf(ways);
        headers = List.copyOf(headers);
        if (ways.isEmpty()) throw new IllegalArgumentException("there is no way to send the INVITE");
    }
}
