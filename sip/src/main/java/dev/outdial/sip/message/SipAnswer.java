package dev.outdial.sip.message;

import java.util.Optional;

/**
 * What is answered to a request; From, To, Call-ID, CSeq and Via follow from the request.
 *
 * @param status 100-699
 * @param reason the reason phrase
 * @param toTag the tag for To where the request has none there
 * @param headers more headers
 * @param body what it carries, usually a session description
 */
public record SipAnswer(
        int status, String reason, Optional<String> toTag, Headers headers, Optional<MessageBody> body) {
    /** Checks the range of the status. */
    public SipAnswer {
        if (status < 100 || status > 699) throw new IllegalArgumentException("status " + status);
        Text.withoutControls("the reason phrase", reason);
    }

    /** An answer without a body. */
    public SipAnswer(int status, String reason, Optional<String> toTag, Headers headers) {
        this(status, reason, toTag, headers, Optional.empty());
    }

    /** An answer without more headers. */
    public static SipAnswer of(int status, String reason) {
        return new SipAnswer(status, reason, Optional.empty(), Headers.NONE);
    }

    /** With one more header. */
    public SipAnswer plus(String name, String value) {
        return new SipAnswer(status, reason, toTag, headers.plus(name, value), body);
    }

    /** With that tag for To, where the request has none there. */
    public SipAnswer tagged(String tag) {
        return new SipAnswer(status, reason, Optional.of(tag), headers, body);
    }

    /** With that body. */
    public SipAnswer carrying(MessageBody newBody) {
        return new SipAnswer(status, reason, toTag, headers, Optional.of(newBody));
    }
}
