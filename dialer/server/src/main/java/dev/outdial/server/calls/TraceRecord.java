package dev.outdial.server.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.trace.CallCapture;
import dev.outdial.dialer.trace.CallTrace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP messages of a call, as they are shown, and where its packets are.
 *
 * @param trace of all its attempts
 * @param packets the file in which its RTP and RTCP are, where they were kept; empty where that is never so
 * @param complete whether the call is over, so that there will be no more
 * @param secrets whether its secrets are shown
 */
public record TraceRecord(String callId, CallTrace trace, Optional<Path> packets, boolean complete, boolean secrets) {
    private static final Logger LOG = LoggerFactory.getLogger(TraceRecord.class);
    private static final String PCAP = "application/vnd.tcpdump.pcap";

    /**
     * The same with its secrets, for those alone who may know them.
     *
     * @throws ServiceException where they were not kept
     */
    public TraceRecord withSecrets() {
        if (!trace.keepsSecrets() && !trace.entries().isEmpty()) {
            throw new ServiceException(
                    ServiceException.Kind.CONFLICT,
                    "secrets_not_kept",
                    "the secrets of this call's messages were not kept; the setting trace.secrets has them kept");
        }
        return new TraceRecord(callId, trace.withSecrets(), packets, complete, true);
    }

    /** The ladder, and below it each message. */
    public String text() {
        return trace.toText();
    }

    /** The ladder as a picture, for a page of its own or within one; {@link CallTrace#toSvg} says the rest. */
    public String svg() {
        return trace.toSvg();
    }

    /**
     * A file for Wireshark: the messages, and the packets among them as far as they were kept.
     *
     * @throws ServiceException where those cannot be read now
     */
    public StoredBytes pcap() {
        byte[] messages = trace.toPcap();
        var sum = new CRC32();
        sum.update(messages);
        String tag = Long.toHexString(sum.getValue());
        if (packets.isEmpty()) {
            return new StoredBytes(
                    PCAP,
                    messages.length,
                    tag,
                    offset -> new ByteArrayInputStream(messages, (int) offset, messages.length - (int) offset));
        }
        try {
            CallCapture all = trace.toPcap(packets.get());
            // Packets are added and never changed, but for their keys.
            String longTag = tag + '-' + Long.toHexString(all.byteLength()) + (secrets ? "-s" : "");
            return new StoredBytes(PCAP, all.byteLength(), longTag, offset -> from(all, offset));
        } catch (IOException unreadable) {
            LOG.warn("call={} its packets cannot be read: {}", callId, unreadable.toString());
            throw new ServiceException(
                    ServiceException.Kind.UNAVAILABLE,
                    "packets_unreadable",
                    "the packets of this call cannot be read now");
        }
    }

    private static InputStream from(CallCapture all, long offset) throws IOException {
        InputStream in = all.open();
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException shorter) {
            in.close();
            throw shorter;
        }
    }

    /** All of it. Each message has the id that it has in the picture. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("call_id", callId)
                .put("complete", complete)
                .put("secrets", secrets)
                .put("dropped", trace.dropped());
        ArrayNode messages = json.putArray("messages");
        trace.entries().forEach(entry -> messages.add(json(entry, messages.size() + 1)));
        return json;
    }

    private static ObjectNode json(CallTrace.Entry entry, int number) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", "message-" + number)
                .put("time", CallViews.time(entry.at()))
                .put("offset_ms", millis(entry.offset()))
                .put("direction", entry.sent() ? "sent" : "received")
                .put("transport", entry.protocol())
                .put("local", address(entry.local()))
                .put("remote", address(entry.remote()))
                .put("sip_call_id", entry.callId())
                .put("method", entry.method());
        if (entry.status() == 0) json.putNull("sip_code");
        else json.put("sip_code", entry.status());
        return json.put("cseq", entry.cseq())
                .put("first_line", entry.summary())
                .put("retransmission", entry.repeated())
                .put("sdp", entry.describesSession())
                .put("text", entry.text());
    }

    private static double millis(Duration offset) {
        return Math.round(offset.toNanos() / 1e3) / 1e3;
    }

    private static String address(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
