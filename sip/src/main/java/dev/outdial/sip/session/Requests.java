package dev.outdial.sip.session;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.DialogRequests;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the requests of a session that is not confirmed yet. */
final class Requests {
    private Requests() {}

    static OutboundRequest invite(
            SessionSetup setup, Way way, long cseq, String branch, Extensions extensions, List<Header> credentials) {
        CallerIdentity identity = setup.options().identity();
        SipUri target = identity.numbered(setup.target());
        SipUri to = identity.numbered(setup.target().withoutParameters());
        String from = identity.from(setup.from(), setup.displayName());
        Headers headers = common(setup, "INVITE", cseq, from, '<' + to.toString() + '>')
                .plus("Contact", '<' + way.contact().toString() + '>')
                .plus("Allow", InDialogRequests.ALLOW)
                .plus("Accept", InDialogRequests.ACCEPT)
                .plus(extensions.headers())
                .plus(identity.headers())
                .plus(setup.headers())
                .plus(routes(setup.options().routes()))
                .plus(credentials);
        var request = new SipRequest("INVITE", target.toString(), headers, Optional.of(setup.offer()));
        return new OutboundRequest(request, way.hop(), branch);
    }

    private static Headers common(SessionSetup setup, String method, long cseq, String from, String to) {
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

    // RFC 3262 section 7.1: a request within the early dialog that names the response it acknowledges.
    static OutboundRequest prack(
            SessionSetup setup, Dialog dialog, long cseq, String branch, String rack, List<Header> credentials) {
        var more = new ArrayList<Header>();
        more.add(new Header("RAck", rack));
        more.addAll(credentials);
        return DialogRequests.within(dialog, "PRACK", cseq, branch, setup.product(), more, Optional.empty());
    }

    // RFC 3261 9.1: Request-URI, Call-ID, To, From, CSeq number, Route and the one Via are those of the INVITE.
    static OutboundRequest cancel(OutboundRequest invite, String product, OptionalInt q850) {
        OutboundRequest cancel = DialogRequests.cancel(invite, product);
        if (q850.isEmpty()) return cancel;
        SipRequest plain = cancel.request();
        Headers headers = plain.headers().plus("Reason", Reasons.ofQ850(q850.getAsInt()));
        return new OutboundRequest(
                new SipRequest(plain.method(), plain.uri(), headers, plain.body()), cancel.hop(), cancel.branch());
    }

    private static List<Header> routes(List<String> routes) {
        return routes.stream().map(route -> new Header("Route", route)).toList();
    }
}
