package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Description.Audio;
import dev.outdial.media.sdp.Description.Refused;
import dev.outdial.media.sdp.Description.TaggedKey;
import dev.outdial.media.sdp.Format.Numbered;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Writes one of our descriptions (RFC 8866); used once. */
final class SdpWriter {
    private final StringBuilder text = new StringBuilder();

    private SdpWriter() {}

    static byte[] write(Description description, long version) {
        var writer = new SdpWriter();
        writer.session(description, version);
        description.before().forEach(writer::section);
        writer.section(description.rtp(), description.audio());
        description.after().forEach(writer::section);
        return writer.text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void session(Description description, long version) {
        InetAddress address = description.rtp().getAddress();
        // Without the zone of a link-local address: it means nothing to anybody else.
        String host = (address instanceof Inet6Address ? "IP6 " : "IP4 ")
                + address.getHostAddress().split("%", 2)[0];
        line("v=0");
        line("o=- " + description.sessionId() + " " + version + " IN " + host);
        line("s=-");
        line("c=IN " + host);
        line("t=0 0");
    }

    private void section(Refused refused) {
        line("m=" + refused.type() + " 0 " + refused.protocol() + " " + refused.format());
    }

    /** RTCP goes to the port after RTP's, which needs no line; {@code a=rtcp-mux} is neither offered nor answered. */
    private void section(InetSocketAddress rtp, Audio audio) {
        text.append("m=audio ")
                .append(rtp.getPort())
                .append(' ')
                .append(audio.profile().protocol());
        for (Numbered one : audio.formats()) text.append(' ').append(one.number());
        line("");
        for (Numbered one : audio.formats()) {
            line("a=rtpmap:" + one.number() + " " + one.format().map());
            parameters(one.format(), audio.allEvents()).ifPresent(text -> line("a=fmtp:" + one.number() + " " + text));
        }
        line("a=ptime:" + audio.ptimeMillis());
        line("a=" + audio.direction().name().toLowerCase(Locale.ROOT));
        for (TaggedKey one : audio.crypto())
            line("a=crypto:" + one.tag() + " " + one.key().suite() + " inline:"
                    + one.key().base64());
    }

    private static Optional<String> parameters(Format format, boolean allEvents) {
        return switch (format) {
            case TELEPHONE_EVENT, TELEPHONE_EVENT_48 -> Optional.of(allEvents ? "0-16" : "0-15");
            // RFC 7587 section 6.1: all three are wishes, which the far end may follow.
            case OPUS -> Optional.of("maxplaybackrate=" + AudioCodec.OPUS.sampleRate() + ";stereo=0;useinbandfec=1");
            case PCMU, PCMA, L16, G722, COMFORT_NOISE -> Optional.empty();
        };
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }
}
