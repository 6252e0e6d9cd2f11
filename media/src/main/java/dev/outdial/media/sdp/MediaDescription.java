package dev.outdial.media.sdp;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One m= section, as far as it matters here.
 *
 * @param type {@code audio}, {@code video}, ...
 * @param port 0 where the stream is refused
 * @param protocol {@code RTP/AVP}, ...
 * @param formats payload types in the order of preference
 * @param rtpMaps from payload type to {@code name/clockrate}, lower case
 * @param connection the section's own c= address
 * @param rtcp where RTCP goes when that is not the port after RTP's (RFC 3605)
 */
public record MediaDescription(
        String type,
        int port,
        String protocol,
        List<Integer> formats,
        Map<Integer, String> rtpMaps,
        Optional<InetAddress> connection,
        Optional<Direction> direction,
        OptionalInt ptimeMillis,
        Optional<Rtcp> rtcp) {

    /** What {@code a=rtcp} says; without an address it is RTP's. */
    public record Rtcp(int port, Optional<InetAddress> address) {}

    public MediaDescription {
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port " + port);
        formats = List.copyOf(formats);
        rtpMaps = Map.copyOf(rtpMaps);
    }
}
