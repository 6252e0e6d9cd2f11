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
 * @param protocol {@code RTP/AVP}, ..., as it was written
 * @param firstFormat the first format as it was written, which need not be a number: {@code t38}
 * @param formats payload types in the order of preference
 * @param rtpMaps from payload type to {@code name/clockrate}, lower case
 * @param formatParameters from payload type to the value of {@code a=fmtp}
 * @param connection the section's own c= line
 * @param ptimeMillis the packet length that is asked for
 * @param maxPtimeMillis the longest packet that is taken
 * @param rtcp where RTCP goes when that is not the port after RTP's (RFC 3605)
 * @param crypto keys, in the order of preference (RFC 4568)
 */
public record MediaDescription(
        String type,
        int port,
        String protocol,
        String firstFormat,
        List<Integer> formats,
        Map<Integer, String> rtpMaps,
        Map<Integer, String> formatParameters,
        Optional<Connection> connection,
        Optional<Direction> direction,
        OptionalInt ptimeMillis,
        OptionalInt maxPtimeMillis,
        Optional<Rtcp> rtcp,
        List<CryptoAttribute> crypto) {

    /**
     * What a c= line says.
     *
     * @param text as it was written
     * @param address empty where it is none in numbers: names are not looked up
     */
    public record Connection(String text, Optional<InetAddress> address) {}

    /** What {@code a=rtcp} says; without an address it is RTP's. */
    public record Rtcp(int port, Optional<InetAddress> address) {}

    public MediaDescription {
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port " + port);
        formats = List.copyOf(formats);
        rtpMaps = Map.copyOf(rtpMaps);
        formatParameters = Map.copyOf(formatParameters);
        crypto = List.copyOf(crypto);
    }

    boolean isAudio() {
        return type.equals("audio");
    }
}
