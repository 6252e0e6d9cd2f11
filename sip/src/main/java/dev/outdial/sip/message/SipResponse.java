package dev.outdial.sip.message;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A response without its Via headers.
 *
 * @param status 100-699
 * @param reason the reason phrase, control characters shown as {@code ?}
 * @param branch the branch of the topmost Via: which request it answers
 * @param headers all others, Content-Type and Content-Length left out
 * @param body the body, where there is one
 * @param seenAs where our request came from in the eyes of the far end: {@code received} and {@code rport} of our Via (RFC 3581),
 *     where both are there
 */
public record SipResponse(
        int status,
        String reason,
        String branch,
        Headers headers,
        Optional<MessageBody> body,
        Optional<InetSocketAddress> seenAs) {
    /** Checks the range of the status. */
    public SipResponse {
        if (status < 100 || status > 699) throw new IllegalArgumentException("status " + status);
        reason = Text.shown(reason);
    }

    /** One of a far end that does not say how it sees us. */
    public SipResponse(int status, String reason, String branch, Headers headers, Optional<MessageBody> body) {
        this(status, reason, branch, headers, body, Optional.empty());
    }

    /** Whether it is a provisional one, 1xx. */
    public boolean isProvisional() {
        return status < 200;
    }

    /** Whether it is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The Call-ID, or an empty text where it is missing. */
    public String callId() {
        return headers.first("Call-ID").orElse("");
    }

    /** The method in CSeq, or an empty text. */
    public String method() {
        String cseq = headers.first("CSeq").orElse("").strip();
        return cseq.substring(cseq.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT);
    }

    /** The tag of To, or an empty text. */
    public String toTag() {
        return SipRequest.tag(headers, "To");
    }
}
