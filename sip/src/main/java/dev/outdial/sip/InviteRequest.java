package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import java.util.Map;

/**
 * A call to be placed.
 *
 * @param callId the Call-ID that every message of it carries, chosen by the caller: a word of at most 255 characters
 * @param account who calls
 * @param target who is called
 * @param hop where the INVITE is sent
 * @param offer the session description
 * @param headers more headers for the INVITE, by name; those that the protocol itself needs are refused
 */
public record InviteRequest(
        String callId, Account account, SipUri target, Hop hop, MessageBody offer, Map<String, String> headers) {
    /** Checks Call-ID and headers. */
    public InviteRequest {
        headers = Map.copyOf(headers);
    }
}
