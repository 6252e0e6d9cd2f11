package dev.outdial.sip.session;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the requests of a session. */
final class Requests {
    private Requests() {}

    static OutboundRequest invite(SessionSetup setup, long cseq, String branch, List<Header> credentials) {
        Headers headers = common(
                        setup,
                        "INVITE",
                        cseq,
                        '<' + setup.target().withoutParameters().toString() + '>')
                .plus("Contact", '<' + setup.contact().toString() + '>')
                .plus("Allow", InDialogRequests.ALLOW)
                .plus("Accept", InDialogRequests.ACCEPT)
                .plus(setup.headers())
                .plus(credentials);
        var request = new SipRequest("INVITE", setup.target().toString(), headers, Optional.of(setup.offer()));
        return new OutboundRequest(request, setup.hop(), branch);
    }

    // RFC 3261 9.1: Request-URI, Call-ID, To, From, CSeq number and the one Via are those of the INVITE.
    static OutboundRequest cancel(SessionSetup setup, OutboundRequest invite, long cseq, OptionalInt q850) {
        String to = invite.request().headers().first("To").orElseThrow();
        Headers headers = withReason(common(setup, "CANCEL", cseq, to), q850);
        var request = new SipRequest("CANCEL", invite.request().uri(), headers, Optional.empty());
        return new OutboundRequest(request, invite.hop(), invite.branch());
    }

    // RFC 3261 13.2.2.4: the ACK carries the credentials of the INVITE.
    static OutboundRequest ack(SessionSetup setup, Dialog dialog, long cseq, String branch, List<Header> credentials) {
        return within(
                setup,
                dialog,
                "ACK",
                branch,
                common(setup, "ACK", cseq, dialog.remote()).plus(credentials));
    }

    static OutboundRequest bye(
            SessionSetup setup, Dialog dialog, long cseq, String branch, OptionalInt q850, List<Header> credentials) {
        Headers headers =
                withReason(common(setup, "BYE", cseq, dialog.remote()), q850).plus(credentials);
        return within(setup, dialog, "BYE", branch, headers);
    }

    private static OutboundRequest within(
            SessionSetup setup, Dialog dialog, String method, String branch, Headers headers) {
        Headers all = headers;
        for (String route : dialog.routeHeaders()) all = all.plus("Route", route);
        var request = new SipRequest(method, dialog.requestUri(), all, Optional.empty());
        return new OutboundRequest(request, dialog.hop(), branch);
    }

    private static Headers common(SessionSetup setup, String method, long cseq, String to) {
        String from = NameAddress.format(
                setup.displayName(), setup.from().withoutParameters().toString());
        return Headers.of(
                "Max-Forwards",
                "70",
                "From",
                from + ";tag=" + setup.tokens().localTag(),
                "To",
                to,
                "Call-ID",
                setup.callId(),
                "CSeq",
                cseq + " " + method,
                "User-Agent",
                setup.product());
    }

    private static Headers withReason(Headers headers, OptionalInt q850) {
        return q850.isPresent() ? headers.plus("Reason", Reasons.ofQ850(q850.getAsInt())) : headers;
    }
}
