package dev.outdial.sip.session;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Hop;
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
 * @param hop where the INVITE goes
 * @param contact where the far end reaches us
 * @param product the User-Agent header
 * @param offer the session description
 * @param headers more headers of the INVITE
 * @param tokens the random words
 */
public record SessionSetup(
        String callId,
        SipUri from,
        Optional<String> displayName,
        Optional<Credentials> credentials,
        SipUri target,
        Hop hop,
        SipUri contact,
        String product,
        MessageBody offer,
        List<Header> headers,
        Tokens tokens) {
    /** Takes a copy of the headers. */
    public SessionSetup {
        headers = List.copyOf(headers);
    }
}
