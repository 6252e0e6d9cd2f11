package dev.outdial.dialer.trace;

import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.TraceLadder;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The SIP messages of one call, as they went over the wire until the trace was taken: at most 16 KB of them, without passwords, keys of
 * SRTP and pressed keys. Where there is no more room, repeated messages and those that refresh the session fall out first; the INVITE, its
 * answers and the end stay. Immutable.
 */
public final class CallTrace {
    private final MessageLog log;

    private CallTrace(MessageLog log) {
        this.log = log;
    }

    /**
     * One message.
     *
     * @param offset how long after the first
     * @param at when, by the wall clock
     * @param sent whether it went from us to the far end
     * @param protocol udp, tcp or tls
     * @param remote the far end
     * @param summary its first line
     * @param text the message, as much of it as was kept
     */
    public record Entry(
            Duration offset,
            Instant at,
            boolean sent,
            String protocol,
            InetSocketAddress remote,
            String summary,
            String text) {}

    /** For the engine: the trace of what was kept. */
    public static CallTrace of(MessageLog log) {
        return new CallTrace(log);
    }

    /** The messages, oldest first; none where tracing is off or nothing was sent. */
    public List<Entry> entries() {
        return log.messages().stream()
                .map(message -> new Entry(
                        Duration.ofNanos(
                                message.atNanos() - log.messages().getFirst().atNanos()),
                        message.at(),
                        message.direction() == Direction.SENT,
                        message.protocol().parameter(),
                        message.remote(),
                        message.scan().startLine(),
                        message.text()))
                .toList();
    }

    /** How many messages fell out. */
    public int dropped() {
        return log.dropped();
    }

    /** A line a message: us at the left, the far end at the right, with time and CSeq. */
    public String toLadder() {
        return TraceLadder.of(log);
    }

    /** The ladder, and below it each message in full. */
    public String toText() {
        return TraceLadder.withMessages(log);
    }
}
