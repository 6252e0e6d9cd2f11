package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.message.SipUri;
import dev.outdial.testbed.peer.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** The texts of a called party's dialog (RFC 3261 12). Immutable. */
final class CalleeDialog {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER";

    private final Received first;
    private final SipMessage invite;
    private final Hop hop;
    private final String tag;
    private final String number;

    CalleeDialog(Received first, String tag, String number) {
        this.first = first;
        invite = first.request();
        hop = first.from();
        this.tag = tag;
        this.number = number;
    }

    SipMessage invite() {
        return invite;
    }

    Hop hop() {
        return hop;
    }

    /** Where responses to the INVITE go. */
    Hop replyHop() {
        return first.replyHop();
    }

    /** Whether a request belongs to this dialog, by its tags. */
    boolean owns(SipMessage request) {
        return request.toTag().equals(tag) && request.fromTag().equals(invite.fromTag());
    }

    /** Whether this is the INVITE that began the dialog, or its CANCEL or ACK: the branch says so (17.2.3). */
    boolean isOfFirstTransaction(SipMessage request) {
        return request.branch().equals(invite.branch());
    }

    /** A response to a request of the dialog or to the first INVITE. */
    SipMessage reply(SipMessage request, int status, Optional<String> sdp) {
        var reply = Replies.to(request, status, status == 100 ? "" : tag);
        if (request.isRequest("INVITE") && status > 100 && status < 300) reply.header("Contact", contact());
        if (status >= 200 && status < 300) reply.header("Allow", ALLOW);
        if (status > 100) reply.header("Server", "Outdial testbed");
        sdp.ifPresent(text -> reply.body("application/sdp", text));
        return reply.build();
    }

    private String contact() {
        var user = number.isEmpty() ? "" : number + "@";
        return "<sip:" + user + hop.localHostPort() + (hop.wire() == Wire.TCP ? ";transport=tcp" : "") + ">";
    }

    SipMessage bye(int cseq) {
        return request("BYE", cseq).build();
    }

    /** One key, as many gateways send it. */
    SipMessage info(int cseq, char digit) {
        return request("INFO", cseq)
                .body("application/dtmf-relay", "Signal=" + digit + "\r\nDuration=160\r\n")
                .build();
    }

    private SipMessageBuilder request(String method, int cseq) {
        var target = invite.contact()
                .map(NameAddress::uri)
                .orElse(invite.from().map(NameAddress::uri).orElse("sip:nobody"));
        var branch = "z9hG4bK" + method.toLowerCase(Locale.ROOT) + cseq + tag;
        SipMessageBuilder request = SipMessage.request(method, target)
                .header("Via", "SIP/2.0/" + hop.wire() + " " + hop.localHostPort() + ";branch=" + branch + ";rport")
                .header("Max-Forwards", "70");
        invite.values("Record-Route").forEach(route -> request.header("Route", route));
        return request.header("From", taggedTo())
                .header("To", invite.header("From").orElse(""))
                .header("Call-ID", invite.callId())
                .header("CSeq", cseq + " " + method)
                .header("User-Agent", "Outdial testbed");
    }

    private String taggedTo() {
        return invite.header("To").orElse("") + ";tag=" + tag;
    }

    /** Where a BYE goes: the first route, or the caller's Contact; where the INVITE came from when that is no address (or a connection). */
    Hop byeHop() {
        if (hop.wire() == Wire.TCP) return hop;
        var first = invite.values("Record-Route").stream()
                .findFirst()
                .flatMap(NameAddress::parse)
                .or(invite::contact);
        return first.flatMap(NameAddress::sipUri)
                .flatMap(CalleeDialog::address)
                .map(hop::to)
                .orElse(hop);
    }

    private static Optional<InetSocketAddress> address(SipUri uri) {
        var host = uri.host();
        if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]")) return Optional.empty();
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), uri.portOrDefault()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
