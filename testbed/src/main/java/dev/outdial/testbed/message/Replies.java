package dev.outdial.testbed.message;

import java.util.Map;

/** Responses made from the request that they answer (RFC 3261 8.2.6.2). Pure functions. */
public final class Replies {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(100, "Trying"),
            Map.entry(180, "Ringing"),
            Map.entry(181, "Call Is Being Forwarded"),
            Map.entry(182, "Queued"),
            Map.entry(183, "Session Progress"),
            Map.entry(200, "OK"),
            Map.entry(202, "Accepted"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Moved Temporarily"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(420, "Bad Extension"),
            Map.entry(422, "Session Interval Too Small"),
            Map.entry(423, "Interval Too Brief"),
            Map.entry(480, "Temporarily Unavailable"),
            Map.entry(481, "Call/Transaction Does Not Exist"),
            Map.entry(482, "Loop Detected"),
            Map.entry(484, "Address Incomplete"),
            Map.entry(486, "Busy Here"),
            Map.entry(487, "Request Terminated"),
            Map.entry(488, "Not Acceptable Here"),
            Map.entry(491, "Request Pending"),
            Map.entry(500, "Server Internal Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Server Time-out"),
            Map.entry(600, "Busy Everywhere"),
            Map.entry(603, "Decline"),
            Map.entry(604, "Does Not Exist Anywhere"),
            Map.entry(607, "Unwanted"),
            Map.entry(608, "Rejected"));

    private Replies() {}

    /** Begins a response with the usual reason phrase: Vias, From, To, Call-ID, CSeq as in the request, no tag added. */
    public static SipMessageBuilder to(SipMessage request, int status) {
        return to(request, status, "");
    }

    /**
     * Begins a response with that tag in To, unless the request has one there already; an empty tag adds none. A response
     * that may set up a dialog repeats the Record-Route of the request (RFC 3261 12.1.1).
     */
    public static SipMessageBuilder to(SipMessage request, int status, String tag) {
        var reply = SipMessage.response(status, reason(status));
        for (var header : request.headers()) {
            if (header.isNamed("Via")
                    || header.isNamed("From")
                    || header.isNamed("Call-ID")
                    || header.isNamed("CSeq")) {
                reply.header(header.name(), header.value());
            } else if (header.isNamed("To")) {
                boolean tagged = tag.isEmpty() || !request.toTag().isEmpty();
                reply.header(header.name(), tagged ? header.value() : header.value() + ";tag=" + tag);
            } else if (header.isNamed("Record-Route") && status > 100 && status < 300) {
                reply.header(header.name(), header.value());
            }
        }
        return reply;
    }

    /** The usual reason phrase of a status; {@code Unknown} for one that has none here. */
    public static String reason(int status) {
        return REASONS.getOrDefault(status, "Unknown");
    }
}
