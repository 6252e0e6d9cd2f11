package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.stream.Collectors;

/** Judges where a trunk was found (RFC 3263). Pure. */
final class DnsVerdict {
    static final String NAME = "dns";

    private DnsVerdict() {}

    /** It was found there, best first. */
    static ProbeStep found(SipUri uri, List<Hop> hops) {
        if (NextHop.literal(uri.host()).isPresent()) {
            return ProbeStep.ok(NAME, "the trunk is given by its address: " + hops.getFirst());
        }
        return ProbeStep.ok(
                NAME, uri.host() + " is at " + hops.stream().map(Hop::toString).collect(Collectors.joining(", then ")));
    }

    /** It was not found. */
    static ProbeStep failed(String why) {
        return ProbeStep.failed(NAME, why, advice(why));
    }

    private static String advice(String why) {
        if (why.contains("no such name")) {
            return "check the spelling of the host in the trunk's URI; the provider's pages call it SIP server, registrar or domain";
        }
        if (why.contains("it has no address")) {
            return "the name exists but leads nowhere: ask the provider for the name of its SIP server";
        }
        if (why.contains("no route")) {
            return "this machine has no way to the trunk's addresses: check its network, and IPv6 where only that is named";
        }
        if (why.contains("takes no SIP calls")) {
            return "try another transport in the trunk's URI: ;transport=udp, tcp or tls";
        }
        return "check this machine's network and name servers; --dns asks another one";
    }
}
