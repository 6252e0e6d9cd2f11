package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** The offer we make, and what an answer to it means (RFC 3264). Pure. */
public final class OfferAnswer {
    /** The payload type that keys are offered on: received with this number, whatever number the answer sends with. */
    public static final int TELEPHONE_EVENT = 101;
    /** The packet length that is offered, in milliseconds. */
    public static final int PTIME_MILLIS = 20;

    private static final String TELEPHONE_EVENT_NAME = "telephone-event/8000";
    private static final int MIN_PTIME_MILLIS = 10;
    private static final int MAX_PTIME_MILLIS = 40;

    private OfferAnswer() {}

    /**
     * The offer: PCMU, PCMA, telephone-events 0-16, 20 ms, both ways. RTCP goes to the port after RTP's; rtcp-mux is not
     * offered.
     *
     * @param rtp where we receive
     * @param sessionId for the o= line, not negative (RFC 8866 section 5.2)
     */
    public static byte[] offer(InetSocketAddress rtp, long sessionId) {
        if (sessionId < 0) throw new IllegalArgumentException("session id " + sessionId);
        InetAddress address = rtp.getAddress();
        String host = (address instanceof Inet6Address ? "IP6 " : "IP4 ")
                + address.getHostAddress().split("%", 2)[0];
        var text = new StringBuilder("v=0\r\n");
        text.append("o=- ").append(sessionId).append(" 1 IN ").append(host).append("\r\n");
        text.append("s=-\r\nc=IN ").append(host).append("\r\nt=0 0\r\n");
        text.append("m=audio ")
                .append(rtp.getPort())
                .append(" RTP/AVP 0 8 ")
                .append(TELEPHONE_EVENT)
                .append("\r\n");
        text.append("a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n");
        text.append("a=rtpmap:").append(TELEPHONE_EVENT).append(" telephone-event/8000\r\n");
        text.append("a=fmtp:").append(TELEPHONE_EVENT).append(" 0-16\r\n");
        text.append("a=ptime:").append(PTIME_MILLIS).append("\r\na=sendrecv\r\n");
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What an answer to {@link #offer} means. Never fails: an answer that cannot be read is declined.
     *
     * @param offered our address in the offer: what its sockets are bound to, they reach no other family
     */
    public static Negotiation judge(byte[] answer, InetAddress offered) {
        try {
            return judge(SessionDescription.parse(answer), offered);
        } catch (SdpException e) {
            return new Declined("the answer's session description cannot be used: " + e.getMessage());
        }
    }

    private static Negotiation judge(SessionDescription answer, InetAddress offered) {
        // An answer has one m= line for each of the offer's, in its order (RFC 3264 section 6): ours is the first.
        if (answer.media().isEmpty()) return new Declined("the answer has no m= line");
        MediaDescription audio = answer.media().getFirst();
        if (!audio.type().equals("audio"))
            return new Declined("the answer begins with " + Shown.of(audio.type()) + ", not audio");
        if (audio.port() == 0) return new Declined("the answer refuses audio (port 0)");
        if (!audio.protocol().equals("RTP/AVP"))
            return new Declined("the answer wants " + Shown.of(audio.protocol()) + ", offered was RTP/AVP");
        Optional<InetAddress> address = audio.connection().or(answer::connection);
        if (address.isEmpty()) return new Declined("the answer has no c= line");
        if (address.get().isMulticastAddress()) return new Declined("the answer wants audio sent to a multicast group");
        if (!isSameFamily(address.get(), offered))
            return new Declined(
                    "the answer's address is " + family(address.get()) + ", offered was " + family(offered));
        return judge(answer, audio, address.get());
    }

    private static Negotiation judge(SessionDescription answer, MediaDescription audio, InetAddress address) {
        // The first format in the answer that was offered too is what the far end likes best.
        for (int format : audio.formats()) {
            for (AudioCodec codec : Capabilities.DEFAULT.codecs()) {
                if (!formatName(audio, format).equals(codec.name().toLowerCase(java.util.Locale.ROOT) + "/8000"))
                    continue;
                Direction direction = audio.direction().or(answer::direction).orElse(Direction.SENDRECV);
                // c=0.0.0.0 is how RFC 2543 put a call on hold.
                boolean onHold = address.isAnyLocalAddress();
                return new Agreed(
                        codec,
                        format,
                        telephoneEvent(audio),
                        OptionalInt.empty(),
                        received(audio),
                        ptime(audio.ptimeMillis()),
                        new InetSocketAddress(address, audio.port()),
                        rtcp(audio, address),
                        direction.listens() && !onHold,
                        direction.sends(),
                        Optional.empty());
            }
        }
        return new Declined("the answer has none of the codecs offered: PCMU, PCMA");
    }

    private static String formatName(MediaDescription audio, int format) {
        String mapped = audio.rtpMaps().get(format);
        if (mapped != null) return mapped.endsWith("/1") ? mapped.substring(0, mapped.length() - 2) : mapped;
        for (AudioCodec codec : Capabilities.DEFAULT.codecs())
            if (codec.payloadType() == format) return codec.name().toLowerCase(java.util.Locale.ROOT) + "/8000";
        // Some answer with the number that was offered and leave out what it stands for: it can only be that.
        return format == TELEPHONE_EVENT ? TELEPHONE_EVENT_NAME : "";
    }

    /** Anything that was offered. Keys also under the number that the answer gives them: some use their own. */
    private static PayloadTypes received(MediaDescription audio) {
        PayloadTypes types = PayloadTypes.NONE;
        OptionalInt answered = telephoneEvent(audio);
        if (answered.isPresent()) types = types.withTelephoneEvent(answered.getAsInt());
        types = types.withTelephoneEvent(TELEPHONE_EVENT);
        for (AudioCodec codec : Capabilities.DEFAULT.codecs()) types = types.withCodec(codec.payloadType(), codec);
        return types;
    }

    private static OptionalInt telephoneEvent(MediaDescription audio) {
        return audio.formats().stream()
                .filter(format -> formatName(audio, format).equals(TELEPHONE_EVENT_NAME))
                .mapToInt(format -> format)
                .findFirst();
    }

    private static int ptime(OptionalInt answered) {
        int millis = answered.orElse(PTIME_MILLIS);
        return millis < MIN_PTIME_MILLIS || millis > MAX_PTIME_MILLIS ? PTIME_MILLIS : millis;
    }

    private static boolean isSameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address == other instanceof Inet6Address;
    }

    private static String family(InetAddress address) {
        return address instanceof Inet6Address ? "IPv6" : "IPv4";
    }

    private static InetSocketAddress rtcp(MediaDescription audio, InetAddress address) {
        // Port 65535 has no port after it; there RTCP can only be lost.
        // An a=rtcp that no socket of ours can follow is passed over: RTCP is no reason to refuse a call.
        return audio.rtcp()
                .filter(rtcp -> rtcp.address()
                        .map(other -> isSameFamily(other, address) && !other.isMulticastAddress())
                        .orElse(true))
                .map(rtcp -> new InetSocketAddress(rtcp.address().orElse(address), rtcp.port()))
                .orElse(new InetSocketAddress(address, Math.min(65535, audio.port() + 1)));
    }
}
