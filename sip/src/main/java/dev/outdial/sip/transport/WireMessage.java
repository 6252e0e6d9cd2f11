package dev.outdial.sip.transport;

import dev.outdial.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;

/**
 * A SIP message as it was on the wire; over TLS, what was encrypted.
 *
 * @param direction whether it came or left
 * @param transport what carried it
 * @param local our end
 * @param remote the far end
 * @param bytes the message, head and body; copied in and out
 * @param at the time of the day, for people and files; it may jump
 * @param atNanos the same moment on {@link System#nanoTime}, to reckon with
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record WireMessage(
        Direction direction,
        TransportProtocol transport,
        InetSocketAddress local,
        InetSocketAddress remote,
        byte[] bytes,
        Instant at,
        long atNanos) {
    /** Which way a message went. */
    public enum Direction {
        /** From the far end to us. */
        RECEIVED,
        /** From us to the far end. */
        SENT
    }

    /** Takes a copy of the bytes. */
    public WireMessage {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireMessage that
                && direction == that.direction
                && transport == that.transport
                && local.equals(that.local)
                && remote.equals(that.remote)
                && Arrays.equals(bytes, that.bytes)
                && at.equals(that.at)
                && atNanos == that.atNanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(atNanos) * 31 + Arrays.hashCode(bytes);
    }

    /** Without what it says: that may be secret. */
    @Override
    public String toString() {
        return direction + " " + transport + " " + remote + " " + bytes.length + " bytes";
    }
}
