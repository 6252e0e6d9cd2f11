package dev.outdial.sip.message;

import java.util.Optional;

/**
 * A request without its Via headers, which belong to the transport.
 *
 * @param method such as {@code INVITE}
 * @param uri the Request-URI
 * @param headers all others, Content-Type and Content-Length left out
 * @param body the body, where there is one
 */
public record SipRequest(String method, String uri, Headers headers, Optional<MessageBody> body) {
    /** Refuses a method that is no token and control characters in the URI. */
    public SipRequest {
        if (!Header.isToken(method))
            throw new IllegalArgumentException("method '" + Text.shown(method) + "' is not a token");
        Text.withoutControls("the Request-URI", uri);
    }

    /** The Call-ID, or an empty text where it is missing. */
    public String callId() {
        return headers.first("Call-ID").orElse("");
    }

    /** The tag of From, or an empty text. */
    public String fromTag() {
        return tag(headers, "From");
    }

    /** The tag of To, or an empty text. */
    public String toTag() {
        return tag(headers, "To");
    }

    static String tag(Headers headers, String name) {
        return headers.first(name)
                .flatMap(NameAddress::parse)
                .map(address -> address.parameters().getOrDefault("tag", ""))
                .orElse("");
    }
}
