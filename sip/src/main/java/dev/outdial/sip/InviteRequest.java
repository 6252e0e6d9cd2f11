package dev.outdial.sip;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import dev.outdial.sip.session.InviteOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call to be placed.
 *
 * @param callId the Call-ID that every message of it carries, chosen by the caller: a word of at most 255 characters
 * @param account who calls
 * @param target who is called
 * @param hops where the INVITE is sent: to the next one where the one before is silent, cannot be reached or answers 503, unless a phone
 *     was heard ringing (RFC 3263 section 4.3). One at least, 16 at most
 * @param offer the session description
 * @param headers more headers for the INVITE, by name; those that the protocol itself needs are refused
 * @param options what else is asked for
 */
public record InviteRequest(
        String callId,
        Account account,
        SipUri target,
        List<Hop> hops,
        MessageBody offer,
        Map<String, String> headers,
        InviteOptions options) {
    private static final int MOST_HOPS = 16;
    private static final Pattern CALL_ID = Pattern.compile("[\\x21-\\x7e&&[^,;]]{1,255}");
    private static final Set<String> RESERVED = Set.of(
            "via",
            "v",
            "from",
            "f",
            "to",
            "t",
            "call-id",
            "i",
            "cseq",
            "contact",
            "m",
            "max-forwards",
            "route",
            "record-route",
            "content-type",
            "c",
            "content-length",
            "l",
            "content-encoding",
            "e",
            "authorization",
            "proxy-authorization",
            "allow",
            "accept",
            "require",
            "supported",
            "k",
            "user-agent",
            "session-expires",
            "x",
            "min-se",
            "rseq",
            "rack");

    /** Checks Call-ID and headers. */
    public InviteRequest {
        if (!CALL_ID.matcher(callId).matches()) {
            throw new IllegalArgumentException(
                    "Call-ID '" + Text.shown(callId) + "' is not one word of at most 255 characters");
        }
        hops = List.copyOf(hops);
        if (hops.isEmpty() || hops.size() > MOST_HOPS) {
            throw new IllegalArgumentException(hops.size() + " hops; expected 1-" + MOST_HOPS);
        }
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            if (RESERVED.contains(new Header(name, value).name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header " + name + " belongs to the protocol and cannot be given");
            }
        });
    }

    /** To one hop, without wishes. */
    public InviteRequest(
            String callId, Account account, SipUri target, Hop hop, MessageBody offer, Map<String, String> headers) {
        this(callId, account, target, List.of(hop), offer, headers, InviteOptions.USUAL);
    }
}
