package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;

/** Writes requests within a dialog (RFC 3261 section 12.2.1.1), their ACK and their CANCEL. Pure. */
public final class DialogRequests {
    private DialogRequests() {}

    /**
     * A request within a dialog.
     *
     * @param product the User-Agent header
     * @param more further headers, before the Route
     */
    public static OutboundRequest within(
            Dialog dialog,
            String method,
            long cseq,
            String branch,
            String product,
            List<Header> more,
            Optional<MessageBody> body) {
        Headers headers = Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        dialog.local(),
                        "To",
                        dialog.remote(),
                        "Call-ID",
                        dialog.callId(),
                        "CSeq",
                        cseq + " " + method,
                        "User-Agent",
                        product)
                .plus(more)
                .plus(routes(dialog.routeHeaders()));
        return new OutboundRequest(new SipRequest(method, dialog.requestUri(), headers, body), dialog.hop(), branch);
    }

    /** The ACK of a 2xx to an INVITE (section 13.2.2.4): it has the number, and carries the credentials, of the INVITE. */
    public static OutboundRequest ack(Dialog dialog, OutboundRequest invite, String branch, String product) {
        Headers asked = invite.request().headers();
        return within(dialog, "ACK", cseq(asked).orElseThrow(), branch, product, credentials(asked), Optional.empty());
    }

    /** The CANCEL of an INVITE within a dialog (section 9.1): Request-URI, tags, CSeq number, Route and Via are those of the INVITE. */
    public static OutboundRequest cancel(OutboundRequest invite, String product) {
        Headers asked = invite.request().headers();
        Headers headers = Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        asked.first("From").orElseThrow(),
                        "To",
                        asked.first("To").orElseThrow(),
                        "Call-ID",
                        invite.request().callId(),
                        "CSeq",
                        cseq(asked).orElseThrow() + " CANCEL",
                        "User-Agent",
                        product)
                .plus(routes(asked.all("Route")));
        var request = new SipRequest("CANCEL", invite.request().uri(), headers, Optional.empty());
        return new OutboundRequest(request, invite.hop(), invite.branch());
    }

    /** The number in CSeq; empty where it is missing or none. */
    static Optional<Long> cseq(Headers headers) {
        return headers.first("CSeq").flatMap(Headers::leadingNumber);
    }

    private static List<Header> credentials(Headers headers) {
        return headers.entries().stream()
                .filter(h -> h.is("Authorization") || h.is("Proxy-Authorization"))
                .toList();
    }

    private static List<Header> routes(List<String> values) {
        return values.stream().map(route -> new Header("Route", route)).toList();
    }
}
