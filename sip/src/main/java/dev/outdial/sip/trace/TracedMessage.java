package dev.outdial.sip.trace;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One message as it went over the wire, without its secrets.
 *
 * @param atNanos when, monotonic: only differences mean something
 * @param at when, by the wall clock
 * @param direction which way
 * @param protocol over what
 * @param local our address
 * @param remote the far end's
 * @param scan what it is
 * @param text the message, as much of it as is kept
 */
public record TracedMessage(
        long atNanos,
        Instant at,
        Direction direction,
        TransportProtocol protocol,
        InetSocketAddress local,
        InetSocketAddress remote,
        MessageScan scan,
        String text) {

    /** Reads what went over the wire, and takes the secrets out; empty where it is no message of a call. */
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
                legible(Secrets.masked(new String(bytes, StandardCharsets.ISO_8859_1), true)));
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
    TracedMessage withText(String other) {
        return new TracedMessage(atNanos, at, direction, protocol, local, remote, scan, other);
    }
}
