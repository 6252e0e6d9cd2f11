package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.AddressScope;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Judges how a trunk sees us (RFC 3581), and what our Contact and session descriptions say. Pure. */
final class AddressVerdict {
    static final String NAME = "address";

    private AddressVerdict() {}

    /**
     * Our addresses.
     *
     * @param transport what the trunk is reached over
     * @param far the trunk's own address
     * @param local from where we send
     * @param seenAs from where that comes in the eyes of the trunk: {@code received} and {@code rport}
     * @param contact what our Contact names
     * @param media what our session descriptions name
     */
    record Seen(
            TransportProtocol transport,
            InetAddress far,
            InetSocketAddress local,
            Optional<InetSocketAddress> seenAs,
            InetSocketAddress contact,
            InetAddress media) {}

    /** What it means. */
    static ProbeStep of(Seen seen) {
        String named = "Contact names " + HostPort.of(seen.contact()) + ", SDP " + HostPort.of(seen.media());
        if (seen.seenAs().isEmpty()) {
            return unsaid(seen, named);
        }
        InetSocketAddress from = seen.seenAs().get();
        boolean sameAddress = from.getAddress().equals(seen.local().getAddress());
        boolean samePort = seen.transport() != TransportProtocol.UDP
                || from.getPort() == seen.local().getPort();
        if (sameAddress && samePort) {
            return seen.media().equals(from.getAddress())
                    ? ProbeStep.ok(NAME, "no NAT: the trunk sees us at our own address; " + named)
                    : otherwise("no NAT: the trunk sees us at our own address " + HostPort.of(from.getAddress()) + "; "
                            + named);
        }
        String text = "a NAT: we send from " + HostPort.of(seen.local()) + ", the trunk sees " + HostPort.of(from)
                + "; " + named;
        return seen.media().equals(from.getAddress()) ? ProbeStep.ok(NAME, text) : otherwise(text);
    }

    private static ProbeStep otherwise(String text) {
        return ProbeStep.failed(
                NAME,
                text,
                "sound and calls to us go to an address at which the trunk does not see us: leave out --public-address, or name"
                        + " the one that the trunk sees");
    }

    private static ProbeStep unsaid(Seen seen, String named) {
        String text = "the trunk does not say how it sees us; " + named;
        boolean unreachable = AddressScope.isInner(seen.media()) && !AddressScope.isInner(seen.far());
        return unreachable
                ? ProbeStep.failed(
                        NAME,
                        text,
                        "nobody outside of this network can send to that address: name the public one with --public-address"
                                + " (from Java: NetworkOptions.reachedAt), and have the NAT let the RTP ports through")
                : ProbeStep.ok(NAME, text);
    }
}
