package dev.outdial.sip.trace;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One message as it went over the wire. Its secrets are taken out when it is read, by {@link #text}: a call that nobody looks at costs no
 * more than a copy.
 *
 * @param atNanos when, monotonic: only differences mean something
 * @param at when, by the wall clock
 * @param direction which way
 * @param protocol over what
 * @param local our address
 * @param remote the far end's
 * @param scan what it is
 * @param kept as much of the message as is kept, secrets included, one character a byte (ISO 8859-1)
 */
public record TracedMessage(
        long atNanos,
        Instant at,
        Direction direction,
        TransportProtocol protocol,
        InetSocketAddress local,
        InetSocketAddress remote,
        MessageScan scan,
        String kept) {
    private static final Pattern DESCRIBES =
            Pattern.compile("(?im)^(?:content-type|c)[ \\t]*+:[ \\t]*+application/sdp|^v=0\\r?$");

    /** Reads what went over the wire; empty where it is no message of a call. */
    public static Optional<TracedMessage> read(WireMessage message) {
        byte[] bytes = message.bytes();
        return MessageScan.of(bytes, 0, bytes.length).map(scan -> of(message, bytes, scan));
    }

    static TracedMessage of(WireMessage message, byte[] bytes, MessageScan scan) {
        return new TracedMessage(
                message.atNanos(),
                message.at(),
                message.direction(),
                message.transport(),
                message.local(),
                message.remote(),
                scan,
                new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The message for people, without its secrets. */
    public String text() {
        return legible(Secrets.masked(kept, true));
    }

    /** The message for people, with its secrets: for those alone who may know them. */
    public String whole() {
        return legible(kept);
    }

    /** The same, of which nobody learns a secret any more. */
    public TracedMessage masked() {
        return keeping(Secrets.masked(kept, true));
    }

    /** Whether it carries a session description, or did before it was cut. */
    public boolean describesSession() {
        return DESCRIBES.matcher(kept).find();
    }

    /** Without what it says: that may be secret. */
    @Override
    public String toString() {
        return direction + " " + protocol + " " + remote + " " + scan.method() + " " + scan.status();
    }

    /** RFC 3261 section 7: messages are UTF-8; what is none is shown as what it would be in ISO 8859-1. */
    private static String legible(String latin1) {
        if (isAscii(latin1)) return latin1;
        String utf8 = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return utf8.indexOf('\uFFFD') >= 0 ? latin1 : utf8;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7F) return false;
        return true;
    }

    /** The same with another text. */
    TracedMessage keeping(String other) {
        return new TracedMessage(atNanos, at, direction, protocol, local, remote, scan, other);
    }
}
